/// The report for people: one HTML file with pictures of what the models have learnt.
@NullMarked
package weft.evaluation.report;

import org.jspecify.annotations.NullMarked;
