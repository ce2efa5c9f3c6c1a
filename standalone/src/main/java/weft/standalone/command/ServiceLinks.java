package weft.standalone.command;

import java.util.Map;
import java.util.regex.Pattern;

/// Variables that Kubernetes sets in every container for each Service near it.
///
/// A Service called `weft` or `weft-scorer` gives names that look like Weft's own settings:
/// `WEFT_SERVICE_HOST=10.0.0.1`, `WEFT_PORT=tcp://10.0.0.1:8080`, `WEFT_SCORER_PORT_9464_TCP_ADDR=10.0.0.1`.
final class ServiceLinks {
    private static final Pattern NAME = Pattern.compile("WEFT(_[A-Z0-9]+)*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
            + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    /// A port that somebody sets is a number.
    private static final Pattern PORT_NAME = Pattern.compile("WEFT(_[A-Z0-9]+)*_PORT");

    private static final Pattern PORT_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private ServiceLinks() {}

    /// Whether a variable is such a one, and none of Weft's settings.
    static boolean isOne(Map.Entry<String, String> variable) {
        String name = variable.getKey();
        if (NAME.matcher(name).matches()) {
            return true;
        }
        return PORT_NAME.matcher(name).matches()
                && PORT_VALUE.matcher(variable.getValue()).matches();
    }
}
