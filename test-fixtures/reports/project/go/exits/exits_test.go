package exits

import (
	"os"
	"testing"
)

func TestPasses(t *testing.T) {}

func TestExits(t *testing.T) { os.Exit(3) }

func TestNever(t *testing.T) {}
