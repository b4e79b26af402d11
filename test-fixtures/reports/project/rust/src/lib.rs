//! Sums.

pub mod shapes;

/// Adds.
///
/// ```
/// assert_eq!(calc_lib::add(1, 2), 3);
/// ```
pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

pub fn div(a: i32, b: i32) -> i32 {
    a / b
}

#[cfg(feature = "broken")]
pub fn wrong() -> i32 {
    "x"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds() {
        assert_eq!(add(1, 2), 3);
    }

    #[test]
    #[ignore = "not today"]
    fn skipped() {}

    #[test]
    #[should_panic(expected = "divide")]
    fn panics() {
        div(1, 0);
    }
}
