package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.service.UserError;

class ClientSettingsTest {
    @TempDir
    private Path folder;

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("company.properties"), content).toString();
    }

    @Test
    void takesHowToReachTheBrokers() throws Exception {
        ClientSettings settings = ClientSettings.read(file("""
                bootstrap.servers=kafka.example:9093
                security.protocol=SSL
                client.id=weft
                """));
        assertThat(settings.bootstrap()).contains("kafka.example:9093");
        assertThat(settings.others())
                .containsOnlyKeys("security.protocol", "client.id")
                .containsEntry("security.protocol", "SSL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group.id",
                "isolation.level",
                "transactional.id",
                "enable.auto.commit",
                "acks",
                "processing.guarantee",
                "main.consumer.auto.offset.reset",
                "producer.compression.type"
            })
    void refusesByNameWhatWeftStandsOn(String name) throws Exception {
        String file = file("security.protocol=PLAINTEXT\n" + name + "=my-app\n");
        assertThatThrownBy(() -> ClientSettings.read(file))
                .isInstanceOf(UserError.class)
                .hasMessage("--kafka-config " + file + ": Weft sets these itself: " + name + " (remove them there)");
    }
}
