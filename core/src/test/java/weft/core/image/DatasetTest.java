package weft.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
    private static final Shape GREY = new Shape.Image(8, 8, 1);

    @Test
    void classesKeepTheirOrder() {
        assertThat(new Dataset("digits", GREY, List.of("zero", "one")).classes())
                .containsExactly("zero", "one");
    }

    @Test
    void aThousandClassesAreTheMost() {
        List<String> names =
                IntStream.range(0, 1_001).mapToObj(Integer::toString).toList();
        assertThat(new Dataset("many", GREY, names.subList(0, 1_000)).classes()).hasSize(1_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dataset("many", GREY, names))
                .withMessage("a data set has at most 1000 classes, not 1001");
    }

    @Test
    void twoClassesNeverShareAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dataset("pets", GREY, List.of("cat", "dog", "cat")))
                .withMessage("two classes have the name 'cat'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void namesArePrintable(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dataset(name, GREY, List.of()))
                .withMessageStartingWith("the data set's name must have 1 to 64 printable characters, not '");
    }
}
