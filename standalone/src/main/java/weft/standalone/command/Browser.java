package weft.standalone.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Opens an address in the user's browser, by the opener of each system.
final class Browser {
    private Browser() {}

    static void open(String address) {
        List<String> command = opener(System.getProperty("os.name"), address);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException fault) {
            System.err.println("weft: no browser was opened, " + command.getFirst() + " is missing: " + address);
        }
    }

    static List<String> opener(String system, String address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return List.of("open", address);
        }
        return name.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                : List.of("xdg-open", address);
    }
}
