package weft.producer.dataset;

import weft.kafka.service.UserError;

/// How much of a data set is kept in memory, checked before it is allocated.
final class Memory {
    // Some JVMs cannot allocate the last few elements of the int range.
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 64;

    private Memory() {}

    /// The most bytes that the images of a split may have: a third of the heap, and no more than an array holds.
    static long most() {
        return Math.min(Runtime.getRuntime().maxMemory() / 3, LONGEST_ARRAY);
    }

    /// @throws UserError where so many bytes are too many
    static void check(String name, long bytes) {
        check(name, bytes, most());
    }

    static void check(String name, long bytes, long most) {
        if (bytes > most) {
            throw new UserError(name + ": " + bytes + " bytes are more than the " + most
                    + " that are kept in memory, a third of the heap (WEFT_JAVA_OPTS=-Xmx8g makes it larger)");
        }
    }
}
