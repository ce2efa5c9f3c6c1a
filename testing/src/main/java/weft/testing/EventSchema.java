package weft.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The schema of the events, as it is shipped.
public final class EventSchema {
    private static final Schema SCHEMA = read();

    private EventSchema() {}

    private static Schema read() {
        InputStream shipped = Objects.requireNonNull(
                EventSchema.class.getResourceAsStream("/weft/schema/event.schema.json"), "event.schema.json");
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()))
                .getSchema(shipped);
    }

    /// What a value of the events topic has against the schema, a line each; none where it fits.
    public static List<String> faults(byte @Nullable [] value) {
        if (value == null) {
            return List.of("no value");
        }
        return SCHEMA.validate(new String(value, StandardCharsets.UTF_8), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
