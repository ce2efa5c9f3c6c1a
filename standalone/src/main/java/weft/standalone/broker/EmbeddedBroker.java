package weft.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.Faults;
import weft.kafka.service.UserError;

/// A real Apache Kafka broker (KRaft, one node) in this JVM, with a durable folder.
///
/// Closing it stops it in order; a start on the same folder finds every record, topic and offset again.
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE = 1;
    private static final String LOCK = "weft.lock";

    /// The file that the folder of a broker has.
    private static final String FORMATTED = "meta.properties";

    /// What a start that was killed may have left before that.
    private static final Set<String> BEFORE_FORMATTING = Set.of(LOCK, "bootstrap.checkpoint", "__cluster_metadata-0");

    private final KafkaRaftServer server;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final String address;

    private EmbeddedBroker(KafkaRaftServer server, FileChannel lockFile, FileLock lock, String address) {
        this.server = server;
        this.lockFile = lockFile;
        this.lock = lock;
        this.address = address;
    }

    /// Starts and waits until clients can connect.
    ///
    /// @param folder for records and metadata; made where it is missing
    /// @param port for clients; 0 takes a free one
    /// @throws UserError where the port or the folder is in use, or the folder is not a broker's
    public static EmbeddedBroker start(Path folder, String host, int port) {
        return start(folder, host, port, Optional.empty());
    }

    /// The same, with the name for clients.
    ///
    /// @param advertise `HOST` or `HOST:PORT`; empty takes `host`, or an address of this machine where that is
    /// a wildcard
    public static EmbeddedBroker start(Path folder, String host, int port, Optional<String> advertise) {
        FileChannel lockFile = null;
        try {
            checkOwn(folder);
            Files.createDirectories(folder);
            lockFile = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(lockFile, folder);
            int clientPort;
            int controllerPort;
            // Both held at once: one after the other they may be the same.
            try (ServerSocket clients = bound(host, port);
                    ServerSocket controller = bound("127.0.0.1", 0)) {
                clientPort = clients.getLocalPort();
                controllerPort = controller.getLocalPort();
            }
            Address advertised = Address.advertised(host, clientPort, advertise);
            Properties properties = properties(folder, new Address(host, clientPort), advertised, controllerPort);
            format(folder);
            haltInOneLine();
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            server.startup();
            EmbeddedBroker broker = new EmbeddedBroker(server, lockFile, lock, advertised.toString());
            broker.checkReachable(advertised);
            return broker;
        } catch (UserError fault) {
            closeQuietly(lockFile, fault);
            throw fault;
        } catch (Exception fault) {
            closeQuietly(lockFile, fault);
            throw new UserError("the broker cannot start on " + folder + ": " + Faults.line(fault), fault);
        }
    }

    /// Somebody else's folder may happen to be called so.
    private static void checkOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(FORMATTED))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> foreign = files.filter(file ->
                            !BEFORE_FORMATTING.contains(file.getFileName().toString()))
                    .sorted()
                    .findFirst();
            if (foreign.isPresent()) {
                throw new UserError("folder " + folder + " is not a broker's: it holds "
                        + foreign.get().getFileName() + " and no " + FORMATTED + " (--dir)");
            }
        }
    }

    private void checkReachable(Address advertised) {
        try {
            advertised.checkReachable();
        } catch (UserError fault) {
            close();
            throw fault;
        }
    }

    private static FileLock lock(FileChannel file, Path folder) throws IOException {
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameProcess) {
            throw new UserError("folder " + folder + " is in use by another broker of this process", sameProcess);
        }
        throw new UserError("folder " + folder + " is in use by another weft (--dir)");
    }

    /// Asks for the port before Kafka does: Kafka's own fault for a busy one is a page long.
    private static ServerSocket bound(String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket;
        } catch (BindException fault) {
            socket.close();
            if (!ofThisMachine(host)) {
                throw new UserError("--bind " + host + " is no address of this machine", fault);
            }
            throw new UserError("port " + host + ":" + port + " for Kafka is in use (--kafka-port)", fault);
        } catch (IOException fault) {
            socket.close();
            throw fault;
        }
    }

    private static boolean ofThisMachine(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private static Properties properties(Path folder, Address clients, Address advertised, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE));
        p.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        p.setProperty("listeners", "CLIENTS://" + clients + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "CLIENTS://" + advertised);
        p.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("inter.broker.listener.name", "CLIENTS");
        p.setProperty("log.dirs", folder.toString());
        p.setProperty("metric.reporters", "");
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("num.partitions", "1");
        for (String factor : new String[] {
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "share.coordinator.state.topic.replication.factor",
            "share.coordinator.state.topic.min.isr"
        }) {
            p.setProperty(factor, "1");
        }
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        p.setProperty("log.retention.check.interval.ms", "10000");
        // After a crash the next start waits for the old session to end.
        p.setProperty("broker.session.timeout.ms", "3000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
        p.setProperty("socket.request.max.bytes", "41943040");
        // As the clients': the system sizes them.
        p.setProperty("socket.send.buffer.bytes", "-1");
        p.setProperty("socket.receive.buffer.bytes", "-1");
        return p;
    }

    private static void format(Path folder) throws Exception {
        if (Files.exists(folder.resolve(FORMATTED))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(Optional.empty())
                .addDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.run();
    }

    /// Kafka ends the process on a fatal fault; this says so in one line and keeps the exit code at 1.
    private static void haltInOneLine() {
        Exit.Procedure procedure = (_, message) -> {
            System.err.println("weft: the Kafka broker failed and ended this process: "
                    + (message == null ? "the lines above say why" : message));
            Runtime.getRuntime().halt(1);
        };
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    private static void closeQuietly(@Nullable FileChannel file, Exception fault) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException second) {
                fault.addSuppressed(second);
            }
        }
    }

    /// `host:port` for clients.
    public String address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        try (lockFile) {
            lock.release();
        } catch (IOException fault) {
            throw new UncheckedIOException("the lock of the broker's folder cannot be released", fault);
        }
    }
}
