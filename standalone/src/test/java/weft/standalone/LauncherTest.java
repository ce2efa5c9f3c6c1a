package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher and the scripts of benchmarks/, in a copy with a JDK and a Maven that only say what they were told.
/// They wait more than they compute.
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {
    private static final String SYSTEM_PATH = "/usr/bin:/bin";

    private static final String JDK = """
            #!/bin/sh
            if [ "$1" = -version ]; then
                [ -z "${JAVA_TOOL_OPTIONS:-}" ] || echo "Picked up JAVA_TOOL_OPTIONS: $JAVA_TOOL_OPTIONS" >&2
                echo 'openjdk version "VERSION" 2026-10-20' >&2
                exit
            fi
            echo "java $0"
            echo "charset ${LC_ALL:-none}"
            for word; do
                echo "word $word"
                case $word in -XX:AOTCacheOutput=*) CACHE ;; esac
            done
            case $* in *weft.standalone.PlainLambdas*) touch "$word" ;; esac
            """;

    private static final String MAVEN = """
            #!/bin/sh
            echo "$JAVA_HOME $*" >>builds
            mkdir beside || echo 'two builds at once' >>builds
            mkdir -p standalone/target/app
            mkdir -p standalone/target/app/lib
            touch standalone/target/app/lib/a.jar standalone/target/app/lib/b.jar
            touch standalone/target/app/jvm.args standalone/target/app/built
            rmdir beside
            """;

    /// Takes as long as it takes to notice a second builder beside it.
    private static final String SLOW_MAVEN = MAVEN.replace(">>builds\nmkdir -p", ">>builds\nsleep 1\nmkdir -p");

    @TempDir
    private Path folder;

    private Path home;
    private Path jdk;

    @BeforeEach
    void copy() throws IOException {
        home = Files.createDirectories(folder.resolve("a folder/weft"));
        for (String name : List.of(
                "weft", "benchmarks/run", "standalone/src/main/shell/launch.sh", "standalone/src/main/shell/aot.sh")) {
            Path target = home.resolve(name);
            Files.createDirectories(target.getParent());
            Files.copy(Path.of("..", name), target, StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String module : List.of("core", "kafka", "producer", "trainer", "scorer", "evaluation", "monitoring")) {
            Files.createDirectories(home.resolve(module));
        }
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        script(home.resolve("mvnw"), MAVEN);
        jdk = jdk("jdk", "25.0.1");
    }

    @Test
    void buildsOnceAndHandsEveryWordOn() throws Exception {
        Run first =
                run(Map.of("JAVA_HOME", jdk.toString(), "WEFT_JAVA_OPTS", "-Da=* -Db=c"), "./weft", "up", "a b", "*");
        assertThat(first.exitCode()).as(first.output()).isZero();
        assertThat(first.output()).contains("weft: building");
        Run second =
                run(Map.of("JAVA_HOME", jdk.toString(), "WEFT_JAVA_OPTS", "-Da=* -Db=c"), "./weft", "up", "a b", "*");
        assertThat(second.output())
                .isEqualTo("""
                        java %1$s/bin/java
                        charset C.UTF-8
                        word @%2$s/standalone/target/app/jvm.args
                        word -Da=*
                        word -Db=c
                        word -cp
                        word %2$s/standalone/target/app/lib/a.jar:%2$s/standalone/target/app/lib/b.jar
                        word weft.standalone.Main
                        word up
                        word a b
                        word *
                        """.replace("%1$s", jdk.toString()).replace("%2$s", home.toString()));
        assertThat(builds()).hasSize(1).first().asString().startsWith(jdk + " ");
    }

    /// A unit of systemd has neither; whether this machine has a JDK in the usual folders is its own matter.
    @Test
    void needsNoHome() throws Exception {
        Run run = run(Map.of(), "./weft", "--version");
        assertThat(run.output()).doesNotContain("HOME").doesNotContain("not set");
        assertThat(run.exitCode()).isIn(0, 1, 2);
        assertThat(run.output()).containsAnyOf("weft.standalone.Main", "weft: needs a JDK 25");
    }

    @Test
    void withoutHomeMavenGetsOne() throws Exception {
        script(home.resolve("mvnw"), MAVEN.replace("$JAVA_HOME", "home is $HOME,"));
        Run run = run(Map.of("JAVA_HOME", jdk.toString()), "./weft");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(builds()).first().asString().matches("home is /.*, .*");
    }

    @Test
    void findsAJdkInAHomeFolderWithABlank() throws Exception {
        Path user = Files.createDirectories(folder.resolve("my home/.sdkman/candidates/java"));
        Path installed = jdk("my home/.sdkman/candidates/java/25", "25.0.1");
        assertThat(user).isDirectory();
        // Last of all places, so that no other JDK of this machine is taken: the function alone.
        Run run = run(
                Map.of("HOME", folder.resolve("my home").toString()),
                "sh",
                "-c",
                "set -eu; here=$PWD; find() { :; }; command() { :; };"
                        + " sed 's#/usr/lib/jvm/\\* /opt/java/\\* /opt/jdk\\*##' standalone/src/main/shell/launch.sh >l.sh;"
                        + " . ./l.sh; echo \"$jdk\"");
        assertThat(run.output().strip()).isEqualTo(installed.toString());
    }

    @Test
    void whatJavaSaysBeforeItsVersionDoesNotHideIt() throws Exception {
        Run run = run(Map.of("JAVA_HOME", jdk.toString(), "JAVA_TOOL_OPTIONS", "-Dx=1"), "./weft");
        assertThat(run.output()).contains("java " + jdk);
    }

    @Test
    void anOlderJdkIsNotTaken() throws Exception {
        Path old = jdk("old", "21.0.4");
        Run run = run(Map.of("JAVA_HOME", old.toString(), "PATH", jdk + "/bin:" + SYSTEM_PATH), "./weft");
        assertThat(run.output()).contains("java " + jdk);
    }

    @Test
    void benchmarksRunOnTheLaunchersJdkAndNotOnAnyJavaOfThePath() throws Exception {
        Path other = jdk("other", "17.0.9");
        Run run = run(
                Map.of("JAVA_HOME", jdk.toString(), "PATH", other + "/bin:" + SYSTEM_PATH), "benchmarks/run", "Assign");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("java " + jdk).contains("word Assign");
        assertThat(builds()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith(jdk + " "));
    }

    @Test
    void linksLeadToTheLauncherItself() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("usr bin"));
        Files.createSymbolicLink(bin.resolve("weft"), home.resolve("weft"));
        Files.createSymbolicLink(bin.resolve("relative"), bin.relativize(home.resolve("weft")));
        Files.createSymbolicLink(folder.resolve("chain"), Path.of("usr bin/relative"));
        Files.createSymbolicLink(folder.resolve("folder"), home);
        Map<String, String> environment =
                Map.of("JAVA_HOME", jdk.toString(), "CDPATH", folder.toString(), "PATH", bin + ":" + SYSTEM_PATH);
        for (String call :
                List.of(bin + "/weft", bin + "/relative", folder + "/chain", folder + "/folder/weft", "weft")) {
            Run run = run(environment, "sh", "-c", "cd / && exec \"$0\"", call);
            assertThat(run.exitCode()).as(call + ": " + run.output()).isZero();
            assertThat(run.output()).contains("word " + home + "/standalone/target/app/lib/a.jar:");
        }
        assertThat(bin.resolve("standalone")).doesNotExist();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        assertThat(SLOW_MAVEN).contains("sleep 1");
        script(home.resolve("mvnw"), SLOW_MAVEN);
        Process one = start(folder.resolve("one"), Map.of("JAVA_HOME", jdk.toString()), "./weft");
        Process two = start(folder.resolve("two"), Map.of("JAVA_HOME", jdk.toString()), "./weft");
        assertThat(one.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(two.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(one.exitValue()).isZero();
        assertThat(two.exitValue()).isZero();
        assertThat(builds()).hasSize(1);
        assertThat(home.resolve("standalone/target/building")).doesNotExist();
    }

    @Test
    void aBuilderThatWasKilledHoldsNobodyUp() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Path target = Files.createDirectories(home.resolve("standalone/target"));
        Files.createSymbolicLink(target.resolve("building"), Path.of(Long.toString(ended.pid())));
        Run run = run(Map.of("JAVA_HOME", jdk.toString()), "./weft");
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void aFailedBuildSaysWhyAndIsTriedAgain() throws Exception {
        script(home.resolve("mvnw"), "#!/bin/sh\necho '[ERROR] no network'; exit 1\n");
        Run failed = run(Map.of("JAVA_HOME", jdk.toString()), "./weft");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).contains("[ERROR] no network").contains("weft: the build failed; all of it is in");
        script(home.resolve("mvnw"), MAVEN);
        assertThat(run(Map.of("JAVA_HOME", jdk.toString()), "./weft").exitCode())
                .isZero();
    }

    @Test
    void aFolderThatNoClassPathCanHoldIsNamed() throws Exception {
        Path colon = folder.resolve("a:b");
        Files.move(home, colon);
        home = colon;
        Run run = run(Map.of("JAVA_HOME", jdk.toString()), "./weft");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output().lines()).hasSize(1);
        assertThat(run.output()).contains(colon.toString()).contains("colon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8"})
    void whereAsciiIsAllJavaGetsUtf8(String locale) throws Exception {
        Run run = run(Map.of("JAVA_HOME", jdk.toString(), "LC_ALL", locale), "./weft");
        assertThat(run.output()).contains("charset C.UTF-8");
    }

    /// The cache is made once a command has ended; a JDK that names itself in a release file has one.
    @Test
    void theFirstRunLeavesACacheThatLaterOnesUse() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=25.0.1");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString(), "WEFT_PIPELINES", "raw-kmeans-64");
        assertThat(run(environment, "./weft", "tail").output()).doesNotContain("AOTCache");
        Path aot = home.resolve("standalone/target/app/aot");
        Path first = awaitCache(aot);
        assertThat(Files.readString(aot.resolve("log"))).contains("word up\nword --once\n");
        assertThat(run(environment, "./weft", "tail").output()).contains("word -XX:AOTCache=" + first);

        Map<String, String> off = Map.of("JAVA_HOME", jdk.toString(), "WEFT_AOT", "off");
        assertThat(run(off, "./weft", "tail").output()).doesNotContain("AOTCache");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=25.0.2");
        assertThat(run(environment, "./weft", "tail").output()).doesNotContain("AOTCache");
        await().atMost(Duration.ofMinutes(1)).until(() -> !caches(aot).contains(first));
        Path second = awaitCache(aot);
        assertThat(run(environment, "./weft", "tail").output()).contains("word -XX:AOTCache=" + second);
    }

    /// A JDK 25 gives away the Vector API's classes, which then lie on the boot class path. The broker's classes with
    /// plain lambdas come before the jars. Elsewhere all is as before.
    @Test
    void vectorsAndLambdasOfAJdk25AreLinkedInTheCache() throws Exception {
        script(home.resolve("mvnw"), MAVEN + "touch standalone/target/app/lib/kafka_2.13-1.jar\n");
        givesVectorsAway();
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        run(environment, "./weft", "tail");
        Path aot = home.resolve("standalone/target/app/aot");
        Path cache = awaitCache(aot);
        Path vector = aot.resolve(cache.getFileName().toString().replace("cache", "vector") + ".jar");
        Path lambdas = aot.resolve(cache.getFileName().toString().replace("cache", "lambdas") + ".jar");
        assertThat(lambdas).exists();
        assertThat(run(environment, "./weft", "tail").output())
                .contains(
                        "word @" + aot.resolve("linked.args"),
                        "word -Xbootclasspath/a:" + vector,
                        "word -XX:AOTCache=" + cache,
                        "word " + lambdas + ":" + home + "/standalone/target/app/lib/a.jar:");

        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"26\"");
        run(environment, "./weft", "tail");
        await().atMost(Duration.ofMinutes(1)).until(() -> !caches(aot).contains(cache));
        Path other = awaitCache(aot);
        assertThat(vector).doesNotExist();
        assertThat(lambdas).doesNotExist();
        assertThat(run(environment, "./weft", "tail").output())
                .contains("word -XX:AOTCache=" + other)
                .doesNotContain("bootclasspath", "linked.args", "lambdas");
    }

    /// A jar that an earlier release left behind: nobody knows which is the broker's, and none is written to.
    @Test
    void withTwoBrokersItsLambdasStayAsTheyAre() throws Exception {
        script(
                home.resolve("mvnw"),
                MAVEN + "touch standalone/target/app/lib/kafka_2.13-1.jar\n"
                        + "touch standalone/target/app/lib/kafka_2.13-2.jar\n");
        givesVectorsAway();
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        run(environment, "./weft", "tail");
        Path aot = home.resolve("standalone/target/app/aot");
        awaitCache(aot);
        assertThat(Files.readString(aot.resolve("log"))).doesNotContain("PlainLambdas");
        assertThat(run(environment, "./weft", "tail").output())
                .contains("word -Xbootclasspath/a:" + aot.resolve("vector-"))
                .doesNotContain("lambdas");
    }

    private void givesVectorsAway() throws IOException {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"");
        script(jdk.resolve("bin/jimage"), "#!/bin/sh\nmkdir -p \"$3/jdk.incubator.vector\"\n");
        script(jdk.resolve("bin/jar"), "#!/bin/sh\ntouch \"$4\"\n");
    }

    @Test
    void aCacheOfAnEarlierBuildIsNotUsed() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=25.0.1");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        assertThat(run(environment, "./weft").exitCode()).isZero();
        Path aot = home.resolve("standalone/target/app/aot");
        Path old = awaitCache(aot);
        Files.setLastModifiedTime(
                home.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
        Run rebuilt = run(environment, "./weft");
        assertThat(rebuilt.output()).contains("weft: building").doesNotContain("AOTCache");
        Files.delete(old);
        Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(Instant.EPOCH));
        awaitCache(aot);
    }

    @Test
    void aCacheThatCannotBeMadeIsNotTriedAgain() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=25.0.1");
        script(jdk.resolve("bin/java"), JDK.replace("VERSION", "25.0.1").replace("CACHE", "exit 3"));
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        assertThat(run(environment, "./weft").exitCode()).isZero();
        Path aot = home.resolve("standalone/target/app/aot");
        awaitFinished(aot);
        assertThat(caches(aot)).singleElement().asString().endsWith(".failed");
        Files.delete(aot.resolve("log"));
        Run second = run(environment, "./weft");
        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).doesNotContain("AOTCache");
        assertThat(aot.resolve("log")).doesNotExist();
    }

    private static List<Path> caches(Path aot) throws IOException {
        try (Stream<Path> files = Files.list(aot)) {
            return files.filter(file -> file.getFileName().toString().startsWith("cache-"))
                    .toList();
        }
    }

    private static void awaitFinished(Path aot) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.isDirectory(aot)
                        && !caches(aot).isEmpty()
                        && Files.notExists(aot.resolve("work"))
                        && !Files.isSymbolicLink(aot.resolve("lock")));
    }

    /// The one cache, made to its end.
    private static Path awaitCache(Path aot) throws IOException {
        awaitFinished(aot);
        List<Path> caches = caches(aot);
        assertThat(caches).hasSize(1).noneMatch(file -> file.toString().endsWith(".failed"));
        return caches.getFirst();
    }

    private Path jdk(String name, String version) throws IOException {
        Path made = folder.resolve(name);
        script(made.resolve("bin/java"), JDK.replace("VERSION", version).replace("CACHE", "touch \"${word#*=}\""));
        script(made.resolve("bin/javac"), "#!/bin/sh\n");
        return made;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(home.resolve("builds"));
    }

    private record Run(int exitCode, String output) {}

    private Run run(Map<String, String> environment, String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process = start(output, environment, command);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /// With these variables and a PATH alone.
    private Process start(Path output, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", SYSTEM_PATH);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
