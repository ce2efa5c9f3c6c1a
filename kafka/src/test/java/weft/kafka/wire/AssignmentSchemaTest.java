package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()))
            .getSchema(Objects.requireNonNull(
                    AssignmentSchemaTest.class.getResourceAsStream("/weft/schema/assignment.schema.json"),
                    "assignment.schema.json"));

    @Test
    void assignmentsAreValid() {
        assertThat(faults(json(AssignmentEventTest.full()))).isEmpty();
        assertThat(faults(json(AssignmentEventTest.least()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "cluster":7              | "cluster":-1                  | minimum
                    "cluster":7              | "cluster":"seven"             | type
                    "cluster":7,             | "":0,                         | required
                    "score":0.75             | "score":-0.75                 | minimum
                    "label":9                | "label":-1                    | minimum
                    "label":9                | "label":true                  | type
                    "labelName":"Ankle boot" | "labelName":""                | minLength
                    "split":"train"          | "split":"validation"          | enum
                    "trainedOn":true         | "trainedOn":"yes"             | type
                    "imageId":"train-00042"  | "imageId":""                  | minLength
                    "pipeline":"ae-gmm-10"   | "pipeline":"gmm"              | pattern
                    2026-01-02T03:04:05.678Z | yesterday                     | format
                    """)
    void spoiltOnesAreNot(String good, String spoilt, String keyword) {
        String json = json(AssignmentEventTest.full());
        assertThat(json).contains(good);

        assertThat(faults(json.replace(good, spoilt)))
                .singleElement()
                .extracting(Error::getKeyword)
                .isEqualTo(keyword);
    }

    private static String json(AssignmentEvent event) {
        return new String(event.toJson(), UTF_8);
    }

    private static List<Error> faults(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }
}
