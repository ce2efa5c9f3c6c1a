package weft.standalone.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;

/// A compose file, its anchors and merges resolved.
record ComposeFile(Map<String, Object> services) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    static ComposeFile read(Path file) throws IOException {
        Map<String, Object> root = new Yaml(new Constructor()).load(Files.readString(file));
        return new ComposeFile(JSON.convertValue(root.get("services"), MAP));
    }

    static Service service(Object value) {
        return new Service(JSON.convertValue(value, MAP));
    }

    /// One service, or any part of it.
    record Service(Map<String, Object> values) {
        String text(String name) {
            return String.valueOf(values.getOrDefault(name, ""));
        }

        List<String> list(String name) {
            return JSON
                    .convertValue(values.getOrDefault(name, List.of()), new TypeReference<List<Object>>() {})
                    .stream()
                    .map(String::valueOf)
                    .toList();
        }

        Map<String, Object> map(String name) {
            return JSON.convertValue(values.getOrDefault(name, new LinkedHashMap<>()), MAP);
        }
    }

    /// Compose has a tag of its own for what replaces a list instead of adding to it.
    private static final class Constructor extends SafeConstructor {
        Constructor() {
            super(new LoaderOptions());
            yamlConstructors.put(new Tag("!override"), yamlConstructors.get(Tag.SEQ));
        }
    }
}
