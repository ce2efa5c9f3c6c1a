package weft.producer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void aStepIsThereAtOnce() {
        Curve curve = Curve.constant(1).then(new When(100, 0), .6);
        assertThat(curve.at(0)).isEqualTo(1);
        assertThat(curve.at(99)).isEqualTo(1);
        assertThat(curve.at(100)).isEqualTo(.6);
        assertThat(curve.at(1_000_000_000_000L)).isEqualTo(.6);
        assertThat(curve.last()).isEqualTo(.6);
    }

    @Test
    void aRampIsHalfWayInItsMiddle() {
        Curve curve = Curve.constant(0).then(new When(100, 50), 25);
        assertThat(curve.at(100)).isZero();
        assertThat(curve.at(101)).isCloseTo(.5, within(1e-12));
        assertThat(curve.at(125)).isEqualTo(12.5);
        assertThat(curve.at(149)).isCloseTo(24.5, within(1e-12));
        assertThat(curve.at(150)).isEqualTo(25);
    }

    @Test
    void aLaterStepStartsFromWhereTheEarlierOneIs() {
        Curve curve = Curve.constant(0)
                .then(new When(100, 100), 20)
                .then(new When(150, 10), 0)
                .then(new When(400, 0), 5);
        assertThat(curve.at(149)).isCloseTo(9.8, within(1e-12));
        assertThat(curve.at(150)).isEqualTo(10);
        assertThat(curve.at(155)).isEqualTo(5);
        assertThat(curve.at(160)).isZero();
        assertThat(curve.at(300)).isZero();
        assertThat(curve.at(400)).isEqualTo(5);
        assertThatThrownBy(() -> curve.then(new When(399, 0), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
