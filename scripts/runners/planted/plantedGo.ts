import type { PlantedProject } from './plantedProject.ts';

export const plantedGo: PlantedProject = {
  source: 'price.go',
  target: 'price_generated_test.go',
  fence: 'go',
  program: 'go',
  files: {
    'go.mod': 'module example.com/shop\n\ngo 1.21\n',
    'price.go': `package shop

import "fmt"

func Total(prices []int) int {
	sum := 0
	for _, price := range prices {
		if price < 0 {
			panic("a price below zero")
		}
		sum += price
	}
	return sum
}

func Label(cents int) string {
	sign := ""
	if cents < 0 {
		sign = "-"
		cents = -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}
`,
    'price_test.go': `package shop

import "testing"

func TestAdds(t *testing.T) {
	if got := Total([]int{1, 2}); got != 3 {
		t.Fatalf("got %d", got)
	}
}
`,
  },
  head: `package shop

import (
	"os"
	"testing"
	"time"
)

`,
  maxMutants: 4,
  gone: /"time"|"os"/u,
  planted: [
    [
      'TestLabel',
      undefined,
      /./u,
      'func TestLabel(t *testing.T) {\n\tif got := Label(-1234); got != "-12.34" {\n\t\tt.Fatalf("got %s", got)\n\t}\n}',
    ],
    ['TestVacuous', 'hygiene', /asserts nothing/u, 'func TestVacuous(t *testing.T) {\n\tLabel(1)\n}'],
    [
      'TestSleeps',
      'hygiene',
      /waits with/u,
      'func TestSleeps(t *testing.T) {\n\ttime.Sleep(time.Millisecond)\n\tif Label(1) != "0.01" {\n\t\tt.Fatal("not a cent")\n\t}\n}',
    ],
    [
      'TestCopies',
      'hygiene',
      /the same as the test "TestLabel"/u,
      'func TestCopies(t *testing.T) {\n\t// Again.\n\tif got := Label(-1234); got != "-12.34" {\n\t\tt.Fatalf("got %s", got)\n\t}\n}',
    ],
    [
      'TestFails',
      'passes',
      /fails: .*0\.01/su,
      'func TestFails(t *testing.T) {\n\tif got := Label(1); got != "1 cent" {\n\t\tt.Fatalf("got %s", got)\n\t}\n}',
    ],
    [
      'TestNotCollected',
      'collects',
      /missing/u,
      'func TestNotCollected(t *testing.T) {\n\tif Label(missing) != "0.01" {\n\t\tt.Fatal("not a cent")\n\t}\n}',
    ],
    [
      'TestNotParsed',
      'collects',
      /does not parse/u,
      'func TestNotParsed(t *testing.T) {\n\tif Label(1 != "0.01" {\n\t\tt.Fatal("not a cent")\n\t}\n}',
    ],
    [
      'TestFlaky',
      'reliable',
      /fails in run 2 of 3/u,
      'func TestFlaky(t *testing.T) {\n\tcents := 700\n\tif os.Getenv("TZ") == "America/St_Johns" {\n\t\tcents = 1\n\t}\n\tif got := Label(cents); got != "7.00" {\n\t\tt.Fatalf("got %s", got)\n\t}\n}',
    ],
    [
      'TestAddsNothing',
      'coverage',
      /no line or branch/u,
      'func TestAddsNothing(t *testing.T) {\n\tif got := Total([]int{1, 3}); got != 4 {\n\t\tt.Fatalf("got %d", got)\n\t}\n}',
    ],
    [
      'TestLooksAway',
      'mutation',
      /it would pass even if/u,
      'func TestLooksAway(t *testing.T) {\n\tif Label(9) == "nothing" {\n\t\tt.Fatal("nothing")\n\t}\n}',
    ],
  ],
};
