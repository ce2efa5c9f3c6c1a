package weft.kafka.service;

/// A running part of Weft; closing it stops it in order, and what was not committed is done again at the
/// next start.
public interface Service extends AutoCloseable {
    /// For messages and health reports.
    String name();

    /// Whether it does its work, or is on its way to.
    boolean live();

    /// Whether it does its work right now.
    boolean ready();

    @Override
    void close();
}
