package weft.trainer.learn;

/// An option that a family brings: a flag `--NAME` of the commands that train.
///
/// @param name without dashes in front
/// @param label of its value in the help; empty for a flag that is there or not, whose values are `true` and
///     `false`
/// @param defaultValue what it is where nobody says
/// @param description for the help
public record FamilyOption(String name, String label, String defaultValue, String description) {
    /// Whether it stands alone, without a value.
    public boolean isFlag() {
        return label.isEmpty();
    }
}
