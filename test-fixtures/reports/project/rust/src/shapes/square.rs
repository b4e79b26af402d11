/// The area.
pub fn area(side: i32) -> i32 {
    side * side
}

#[cfg(test)]
mod tests {
    #[test]
    fn areas() {
        assert_eq!(super::area(3), 9);
    }
}
