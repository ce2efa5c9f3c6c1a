package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void namesTheClassUnlessTheMessageIsForTheUser() {
        assertThat(Faults.line(new IOException("disk full"))).isEqualTo("IOException: disk full");
        assertThat(Faults.line(new UserError("k must be at least 2, not 1"))).isEqualTo("k must be at least 2, not 1");
        assertThat(Faults.line(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void looksThroughWrappers() {
        UserError told = new UserError("port 1 is in use");

        assertThat(Faults.line(new ExecutionException(told))).isEqualTo("port 1 is in use");
        assertThat(Faults.line(new CompletionException("outer", new ExecutionException(told))))
                .isEqualTo("port 1 is in use");
        assertThat(Faults.line(new IllegalStateException(null, new IOException("disk full"))))
                .isEqualTo("IOException: disk full");
    }

    @Test
    void keepsAMessageThatSaysMoreThanItsCause() {
        assertThat(Faults.line(new UserError("Kafka does not answer", new IOException("closed"))))
                .isEqualTo("Kafka does not answer");
        assertThat(Faults.line(new ExecutionException("only this", null))).isEqualTo("ExecutionException: only this");
    }

    @Test
    void isOneLine() {
        assertThat(Faults.line(new UserError(" first \r\n   second\n\nthird\n")))
                .isEqualTo("first second third");
    }

    @Test
    void saysMoreThanThePath() {
        assertThat(Faults.line(new AccessDeniedException("/var/weft")))
                .isEqualTo("/var/weft: this user has no right to it");
    }

    /// As ND4J and RocksDB fail where the folder that they unpack into is mounted noexec.
    @Test
    void findsNativeCodeThatCannotBeLoaded() {
        Throwable link = new UnsatisfiedLinkError("/tmp/librocksdbjni1.so: failed to map segment");
        assertThat(Faults.line(new CompletionException(new RuntimeException("ND4J is probably missing", link))))
                .startsWith("native code cannot be loaded (is its folder mounted noexec?")
                .endsWith("-Dorg.bytedeco.javacpp.cachedir=DIR\"): /tmp/librocksdbjni1.so: failed to map segment");
    }
}
