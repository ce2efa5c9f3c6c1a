package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import kafka.server.KafkaRaftServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLambdasTest {
    @TempDir
    private Path folder;

    /// Its lambdas can be serialised.
    public interface Text extends Supplier<String>, Serializable {}

    /// Says something of itself.
    public interface Marked {}

    /// Two lambdas that lose nothing and one that would.
    public static final class Sample implements Supplier<String> {
        @Override
        public String get() {
            int base = 40;
            Text sum = () -> "sum " + (base + 2);
            Text quoted = () -> "'" + sum.get() + "'";
            Supplier<String> marked = (Supplier<String> & Marked) quoted::get;
            return marked.get() + (marked instanceof Marked);
        }
    }

    /// No class of it needs one of another loader than the copy's own.
    private static final class Own extends URLClassLoader {
        Own(Path jar) throws Exception {
            super(new URL[] {jar.toUri().toURL()}, PlainLambdasTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Sample.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Test
    void aCopyDoesTheSameAndOnlySerialisationIsLost() throws Exception {
        Path jar = folder.resolve("sample.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : new Class<?>[] {Sample.class, Text.class, Marked.class}) {
                zip.putNextEntry(new ZipEntry(type.getName().replace('.', '/') + ".class"));
                zip.write(content(type));
            }
        }
        Path copy = folder.resolve("copy.jar");
        PlainLambdas.main(new String[] {jar.toString(), copy.toString()});

        try (ZipFile zip = new ZipFile(copy.toFile());
                Own loader = new Own(copy)) {
            assertThat(zip.stream()).singleElement().asString().endsWith("Sample.class");
            Class<?> changed = loader.loadClass(Sample.class.getName());
            assertThat(changed).isNotSameAs(Sample.class);
            assertThat(((Supplier<?>) changed.getConstructor().newInstance()).get())
                    .isEqualTo(new Sample().get())
                    .isEqualTo("'sum 42'true");
            byte[] before = content(Sample.class);
            byte[] after = zip.getInputStream(zip.entries().nextElement()).readAllBytes();
            // The two that can be serialised are there twice: javac adds a method that reads them back.
            assertThat(bootstraps(before)).filteredOn("altMetafactory"::equals).hasSize(5);
            assertThat(bootstraps(after)).filteredOn("altMetafactory"::equals).hasSize(1);
            assertThat(bootstraps(after)).filteredOn("metafactory"::equals).hasSize(4);
        }
    }

    @Test
    void noLambdaOfTheBrokerIsLeftAsItWas() throws Exception {
        Path broker = Path.of(KafkaRaftServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path copy = folder.resolve("broker.jar");
        PlainLambdas.main(new String[] {broker.toString(), copy.toString()});

        int changed = 0;
        try (ZipFile original = new ZipFile(broker.toFile());
                ZipFile zip = new ZipFile(copy.toFile())) {
            for (ZipEntry entry : Collections.list(original.entries())) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                byte[] before = original.getInputStream(entry).readAllBytes();
                ZipEntry made = zip.getEntry(entry.getName());
                byte[] after = made == null ? before : zip.getInputStream(made).readAllBytes();
                assertThat(bootstraps(after)).as(entry.getName()).doesNotContain("altMetafactory");
                changed += made == null ? 0 : 1;
                // By such a method Scala calls one that it finds by its name.
                assertThat(ClassFile.of().parse(before).methods())
                        .as(entry.getName())
                        .noneMatch(method -> method.methodName().stringValue().startsWith("reflMethod$"));
            }
        }
        assertThat(changed).as("classes").isGreaterThan(50);
    }

    private static byte[] content(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    /// By which methods the code of a class makes what it makes when it runs.
    private static List<String> bootstraps(byte[] content) {
        return ClassFile.of().parse(content).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(call -> ((InvokeDynamicInstruction) call).bootstrapMethod().methodName())
                .toList();
    }
}
