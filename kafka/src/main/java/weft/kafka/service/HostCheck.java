package weft.kafka.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses requests that name another host: a web site elsewhere could let its own name point here and read
/// along (DNS rebinding).
///
/// @param names without a port that are served; empty for any
public record HostCheck(List<Pattern> names) {
    private static final List<Pattern> LOOPBACK =
            List.of(Pattern.compile("localhost"), Pattern.compile("127(\\.\\d{1,3}){3}"), Pattern.compile("\\[::1]"));
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    public HostCheck {
        names = List.copyOf(names);
    }

    /// What somebody has chosen; without that this machine's own names where only this machine is listened to,
    /// else any.
    ///
    /// @param bound address that is listened on
    public static HostCheck of(String bound, List<String> chosen) {
        if (chosen.isEmpty()) {
            return new HostCheck(isLoopback(bound) ? LOOPBACK : List.of());
        }
        return new HostCheck(chosen.stream()
                .map(name -> Pattern.compile(Pattern.quote(name.toLowerCase(Locale.ROOT))))
                .toList());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException fault) {
            return false;
        }
    }

    /// Whether a request with this `Host` header is answered; one without comes from no browser.
    public boolean accepts(@Nullable String host) {
        if (names.isEmpty() || host == null) {
            return true;
        }
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return names.stream().anyMatch(served -> served.matcher(name).matches());
    }
}
