package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.ModelName;

class SnapshotKeyTest {
    @Test
    void aKeyNamesAModelAndAVersion() {
        SnapshotKey key = SnapshotKey.parse("ae@wide/60000");
        assertThat(key.model()).isEqualTo(new ModelName("ae", "wide"));
        assertThat(key.version()).hasValue(60_000);
        assertThat(key).hasToString("ae@wide/60000").isEqualTo(SnapshotKey.of(new ModelName("ae", "wide"), 60_000));
        assertThat(key.fits(new ModelName("ae", "wide"), 60_000)).isTrue();
        assertThat(key.fits(new ModelName("ae", "wide"), 59_000)).isFalse();
        assertThat(key.fits(ModelName.main("ae"), 60_000)).isFalse();
    }

    @Test
    void aKeyOfAnEarlierReleaseNamesTheModelAlone() {
        SnapshotKey key = SnapshotKey.parse("raw");
        assertThat(key.version()).isEmpty();
        assertThat(key).hasToString("raw");
        assertThat(key.fits(ModelName.main("raw"), 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "raw/",
                "raw/-1",
                "raw/01",
                "raw/1/2",
                "raw/x",
                "Raw/1",
                "raw@/1",
                "raw/9999999999999999999"
            })
    void anythingElseIsNoKey(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SnapshotKey.parse(text));
        assertThat(SnapshotKey.read(text)).isEmpty();
        assertThat(SnapshotKey.read(null)).isEmpty();
    }
}
