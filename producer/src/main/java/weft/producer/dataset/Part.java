package weft.producer.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import weft.kafka.service.UserError;

/// The images of one split with their labels, if they have any.
record Part(RawImages images, Optional<Labels> labels) {
    Part {
        labels.ifPresent(known -> {
            if (known.count() != images.count()) {
                throw new UserError(known.name() + ": " + known.count() + " labels for the " + images.count()
                        + " images of " + images.name());
            }
        });
    }

    /// Refuses a label that is neither the name nor the index of a class, where classes are named.
    void checkClasses(List<String> classes) {
        if (classes.isEmpty() || labels.isEmpty()) {
            return;
        }
        Labels known = labels.get();
        var valid = new HashSet<>(classes);
        for (int i = 0; i < classes.size(); i++) {
            valid.add(Integer.toString(i));
        }
        for (int i = 0; i < known.count(); i++) {
            if (!valid.contains(known.get(i))) {
                throw new UserError(known.name() + ": label '" + known.get(i) + "' (item " + i + ") is none of the "
                        + classes.size() + " classes, neither by name nor by index");
            }
        }
    }
}
