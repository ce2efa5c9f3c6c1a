package weft.monitoring.page;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses, on a loopback address, requests that name another host: a web site elsewhere could let its own name
/// point here and read along (DNS rebinding).
record HostCheck(boolean loopbackOnly) {
    private static final Pattern LOCAL = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    void check(Context ctx) {
        if (!accepts(ctx.header("Host"))) {
            throw new ForbiddenResponse("the page is served to this machine alone");
        }
    }

    boolean accepts(@Nullable String host) {
        return !loopbackOnly || host == null || LOCAL.matcher(host).matches();
    }
}
