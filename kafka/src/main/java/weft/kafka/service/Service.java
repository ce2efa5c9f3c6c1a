package weft.kafka.service;

import java.util.List;

/// A running part of Weft; closing it stops it in order, and what was not committed is done again at the
/// next start.
public interface Service extends AutoCloseable {
    /// For messages and health reports.
    String name();

    /// Whether it does its work, or is on its way to.
    boolean live();

    /// Whether it does its work right now.
    boolean ready();

    /// What it waits for and why, one line each: Kafka to work again, or images; it is live all the same.
    default List<String> troubles() {
        return List.of();
    }

    @Override
    void close();
}
