package weft.standalone.command;

import weft.kafka.service.UserError;

/// Checks ports before anything is started.
final class Ports {
    private Ports() {}

    static int check(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new UserError(option + " must be 0 to 65535, not " + port);
        }
        return port;
    }
}
