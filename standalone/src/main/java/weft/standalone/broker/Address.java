package weft.standalone.broker;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;
import weft.kafka.service.UserError;

/// A host and a port as clients write them: `host:port`, an IPv6 address in brackets.
record Address(String host, int port) {
    private static final int REACH_MILLIS = 5_000;

    /// What a broker tells its clients to come back to: a wildcard is no place to go, so there it is an
    /// address of this machine that others can reach, or loopback where there is none.
    ///
    /// @param bind the address that the broker listens on
    /// @param advertise `HOST` or `HOST:PORT` as a user gave it
    /// @throws UserError for what is no host or no port
    static Address advertised(String bind, int port, Optional<String> advertise) {
        if (advertise.isPresent()) {
            return parse(advertise.get(), port);
        }
        try {
            InetAddress bound = InetAddress.getByName(bind);
            return new Address(bound.isAnyLocalAddress() ? ofThisMachine() : bind, port);
        } catch (IOException fault) {
            throw new UserError("--bind must be a host name or an address, not '" + bind + "'", fault);
        }
    }

    private static Address parse(String text, int port) {
        String host = text;
        int given = port;
        int colon = text.lastIndexOf(':');
        boolean manyColons = text.indexOf(':') != colon && !text.startsWith("[");
        if (colon >= 0 && !manyColons && !text.endsWith("]")) {
            host = text.substring(0, colon);
            String digits = text.substring(colon + 1);
            if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65_535) {
                throw new UserError("--advertise must have a port from 1 to 65535, not '" + text + "'");
            }
            given = Integer.parseInt(digits);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.matches("[0-9A-Za-z._:%-]{1,255}") || host.equals("0.0.0.0") || host.equals("::")) {
            throw new UserError(
                    "--advertise must be a host that clients can reach, HOST or HOST:PORT, not '" + text + "'");
        }
        return new Address(host, given);
    }

    private static String ofThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(Address::outward)
                .flatMap(network -> network.getInterfaceAddresses().stream())
                .map(InterfaceAddress::getAddress)
                .filter(address -> !address.isLinkLocalAddress())
                .min(Comparator.comparing(address -> address instanceof Inet6Address))
                .map(InetAddress::getHostAddress)
                .orElse("127.0.0.1");
    }

    private static boolean outward(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (SocketException gone) {
            return false;
        }
    }

    /// Tries it from here: Weft's own parts go there as well.
    ///
    /// @throws UserError where nobody answers
    void checkReachable() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), REACH_MILLIS);
        } catch (IOException fault) {
            throw new UserError(
                    "Kafka would tell its clients to come to " + this + ", where nobody answers (--advertise)", fault);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
