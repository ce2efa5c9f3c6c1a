package weft.kafka.service;

import java.util.Objects;

/// The version of this software, as the build wrote it into the jar.
public final class Version {
    private Version() {}

    /// For example `0.1.0`; `development` where the classes do not come from a jar.
    public static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
