package red

import (
	"fmt"
	"testing"

	"example.com/calc"
)

func TestWrongSum(t *testing.T) {
	if got := calc.Add(1, 2); got != 4 {
		t.Errorf("Add(1, 2) = %d, want %d", got, 4)
	}
}

func TestTable(t *testing.T) {
	for _, sum := range []int{2, 3} {
		t.Run(fmt.Sprintf("sum %d", sum), func(t *testing.T) {
			if calc.Add(1, 1) != sum {
				t.Errorf("not the sum\nin two lines")
			}
		})
	}
}

func TestParent(t *testing.T) {
	t.Run("child", func(t *testing.T) {})
	t.Error("the parent fails")
}

func TestPasses(t *testing.T) {}

func ExampleAdd() {
	fmt.Println(calc.Add(1, 1))
	// Output: 3
}
