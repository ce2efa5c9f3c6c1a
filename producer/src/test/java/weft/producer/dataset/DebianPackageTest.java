package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Split;

/// Runs against small scripts in place of apt-get and dpkg-deb, which note their arguments in `calls`.
@EnabledOnOs({OS.LINUX, OS.MAC})
class DebianPackageTest {
    @TempDir
    Path root;

    private Path bin;
    private Path target;

    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectory(root.resolve("bin"));
        target = Files.createDirectory(root.resolve("target"));
        Path content = root.resolve("content");
        IdxFixture.write(content, new int[] {1, 2}, new int[] {3});
        String unpacked = "\"$3/usr/share/datasets/fashion-mnist\"";
        script("dpkg-deb", "mkdir -p " + unpacked + " && cp '" + content + "'/* " + unpacked);
    }

    @Test
    void downloadsAndUnpacksThePackage() throws Exception {
        script("apt-get", "touch dataset-fashion-mnist_1.0_all.deb");

        onPath().fetchInto(target);

        assertThat(read(target).size(Split.TRAIN)).isEqualTo(2);
        assertThat(calls())
                .isEqualTo("apt-get download dataset-fashion-mnist\ndpkg-deb -x " + target
                        + "/dataset-fashion-mnist_1.0_all.deb " + target + "/tree\n");
    }

    @Test
    void updatesTheListsOnceWhereThePackageIsUnknown() throws Exception {
        script("apt-get", """
                if [ "$1" = update ]; then touch updated; exit 0; fi
                if [ ! -e updated ]; then echo "E: Unable to locate package $2"; exit 100; fi
                touch dataset-fashion-mnist_1.0_all.deb
                """);

        onPath().fetchInto(target);

        assertThat(read(target).size(Split.TEST)).isEqualTo(1);
        assertThat(calls())
                .startsWith("apt-get download dataset-fashion-mnist\napt-get update\n"
                        + "apt-get download dataset-fashion-mnist\ndpkg-deb -x ");
    }

    @Test
    void repeatsTheLastErrorOfACommandThatFails() throws Exception {
        script("apt-get", "echo 'E: Could not open lock file'; echo 'W: unsandboxed'; exit 100");

        assertThatThrownBy(() -> onPath().fetchInto(target))
                .isInstanceOf(IOException.class)
                .hasMessage(bin + "/apt-get update failed: E: Could not open lock file");
        assertThat(calls()).isEqualTo("apt-get download dataset-fashion-mnist\napt-get update\n");
    }

    @Test
    void givesTheExitCodeOfACommandThatFailsSilently() throws Exception {
        script("apt-get", "touch dataset-fashion-mnist_1.0_all.deb");
        script("dpkg-deb", "exit 2");

        assertThatThrownBy(() -> onPath().fetchInto(target))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("/tree failed: exit code 2");
    }

    @Test
    void needsBothCommands() throws IOException {
        assertThatThrownBy(() -> onPath().fetchInto(target)).hasMessage("apt-get is not on the PATH");

        script("apt-get", "exit 0");
        Files.delete(bin.resolve("dpkg-deb"));

        assertThatThrownBy(() -> onPath().fetchInto(target)).hasMessage("dpkg-deb is not on the PATH");
        assertThat(target).isEmptyDirectory();
    }

    private DebianPackage onPath() {
        return DebianPackage.onPath(root.resolve("nowhere") + File.pathSeparator + File.pathSeparator + bin);
    }

    private String calls() throws IOException {
        return Files.readString(root.resolve("calls"));
    }

    private void script(String name, String body) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(
                file, "#!/bin/sh\necho " + name + " \"$@\" >> '" + root.resolve("calls") + "'\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static LabelledImages read(Path folder) {
        return DataFolder.of(folder).read();
    }
}
