/// The one source of the dashboards under monitoring/grafana.
@NullMarked
package weft.monitoring.grafana;

import org.jspecify.annotations.NullMarked;
