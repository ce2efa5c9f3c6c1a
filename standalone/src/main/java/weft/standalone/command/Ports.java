package weft.standalone.command;

import weft.kafka.service.UserError;

/// Ports of servers: checked before anything is started, told as addresses after.
final class Ports {
    private Ports() {}

    static int check(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new UserError(option + " must be 0 to 65535, not " + port);
        }
        return port;
    }

    /// Where this machine finds a server, without a slash at the end; a wildcard is reached by loopback.
    ///
    /// @param host that the server listens on
    static String url(String host, int port) {
        String name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
