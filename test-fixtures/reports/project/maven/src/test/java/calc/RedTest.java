package calc;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedTest {
    @Test
    void adds() {
        assertEquals(3, Calc.add(1, 2));
    }

    @Test
    void wrongSum() {
        assertEquals(4, Calc.add(1, 2), "the sum");
    }

    @Test
    void raisesInTheCode() {
        Calc.div(1, 0);
    }

    @Test
    @Disabled("not today")
    void skipped() {}

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x::y"})
    void each(String text) {
        assertEquals("a b", text);
    }

    @Nested
    class Inner {
        @Test
        void deep() {}
    }
}
