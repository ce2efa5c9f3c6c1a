package weft.standalone.broker;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.KafkaConnection;

/// Has a broker make the topics of its coordinators before anybody waits for them.
///
/// It makes them when it is first asked for a group or a transaction; whoever asks is told to come again later.
public final class Coordinators {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinators.class);
    private static final String NOBODY = "weft-nobody";

    private Coordinators() {}

    /// Asks for a group and a transaction that nobody has, and waits for the answers.
    public static void wake(KafkaConnection kafka) {
        try (Admin admin = kafka.admin()) {
            var group = admin.listConsumerGroupOffsets(NOBODY).all();
            var transaction = admin.describeTransactions(List.of(NOBODY)).all();
            group.get();
            transaction.get();
        } catch (ExecutionException answer) {
            LOG.debug("the coordinators have answered: {}", answer.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
