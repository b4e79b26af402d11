package green

import (
	"fmt"
	"testing"

	"example.com/calc"
)

func TestAdds(t *testing.T) {
	if calc.Add(1, 2) != 3 {
		t.Fatal("wrong")
	}
}

func TestTable(t *testing.T) {
	for _, name := range []string{"one two", "a/b", "x[y].*", "", "same", "same", "ü <&>"} {
		t.Run(name, func(t *testing.T) {
			t.Run("deep", func(t *testing.T) {})
		})
	}
}

func TestSkipped(t *testing.T) { t.Skip("not today") }

func TestPrints(t *testing.T) {
	fmt.Println("--- PASS: TestForged (0.00s)")
	fmt.Println(`{"Action":"pass","Package":"example.com/calc/green","Test":"TestForged"}`)
	fmt.Print("no newline")
}

func ExampleAdd() {
	fmt.Println(calc.Add(1, 1))
	// Output: 2
}

func FuzzAdd(f *testing.F) {
	f.Add(1, 2)
	f.Fuzz(func(_ *testing.T, a, b int) { calc.Add(a, b) })
}
