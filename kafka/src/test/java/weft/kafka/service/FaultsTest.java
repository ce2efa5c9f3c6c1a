package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static Stream<Throwable> passing() {
        return Stream.of(
                new TimeoutException("commit"),
                new NotEnoughReplicasException("isr"),
                new DisconnectException(),
                new ProducerFencedException("epoch"),
                new InvalidProducerEpochException("epoch"),
                new InvalidPidMappingException("pid"),
                new InvalidTxnStateException("state"),
                new OutOfOrderSequenceException("sequence"),
                new UnknownProducerIdException("pid"),
                new TransactionAbortedException("aborted"),
                new TransactionAbortableException("abort"),
                new TransactionCoordinatorFencedException("coordinator"),
                new CommitFailedException(),
                new UnknownServerException("?"),
                new KafkaException("in an error state", new ProducerFencedException("epoch")),
                new KafkaException("Exception caught in process", new RuntimeException(new TimeoutException("60000"))),
                new ExecutionException(new TimeoutException("admin")),
                new java.util.concurrent.TimeoutException());
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new UserError("K"),
                new TopicAuthorizationException("t"),
                new TransactionalIdAuthorizationException("id"),
                new SaslAuthenticationException("password"),
                new ConfigException("acks"),
                new InvalidTopicException("t"),
                new UnsupportedVersionException("old"),
                new RecordTooLargeException("big"),
                new SerializationException("bytes"),
                new KafkaException("send", new TopicAuthorizationException("t")),
                new KafkaException("task failed", new NullPointerException()),
                new KafkaException("state", new IOException("disk full")),
                new OutOfMemoryError(),
                new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatKafkaGetsOverPasses(Throwable fault) {
        assertThat(Faults.passes(fault)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatNoNewClientHealsLasts(Throwable fault) {
        assertThat(Faults.passes(fault)).isFalse();
    }
}
