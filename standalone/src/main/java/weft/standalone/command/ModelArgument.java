package weft.standalone.command;

import java.util.List;
import picocli.CommandLine.Parameters;
import weft.core.model.ModelName;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.PublishedVersions;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.standalone.Families;

/// Which model a command is about.
final class ModelArgument {
    @Parameters(paramLabel = "MODEL", description = "raw, ae or imsat; of another run: ae@RUN")
    private String model = "";

    /// The name, checked.
    ///
    /// @throws UserError where no model can be called so
    ModelName name() {
        return parse(model);
    }

    /// The model of this name.
    ///
    /// @throws UserError where no model can be called so
    static ModelName parse(String text) {
        try {
            ModelName name = ModelName.parse(text);
            Families.MODELS.get(name.family());
            return name;
        } catch (IllegalArgumentException fault) {
            throw new UserError("unknown model '" + text + "': " + fault.getMessage(), fault);
        }
    }

    /// The versions of all runs of the model's family.
    ///
    /// @throws UserError where none of them is the model's
    List<Published> published(KafkaConnection kafka, Topics topics) {
        return PublishedVersions.required(kafka, topics, name());
    }
}
