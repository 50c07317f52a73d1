// Command logarithm says what Go's math.Log makes of whole numbers, bit for bit: those from 2 to
// 4096 one by one, and of those from 2 to 200001 a checksum. Soft spreading weighs by it upstream.
package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"log"
	"math"
	"os"
	"runtime"
)

// answers are the doubles as sixteen hexadecimal digits each, the first that of 2. The checksum is
// FNV-1a, 32 bits, over the eight bytes of each double, the highest byte first.
type answers struct {
	Go       string   `json:"go"`
	Platform string   `json:"platform"`
	Bits     []string `json:"bits"`
	Last     int      `json:"last"`
	Checksum string   `json:"checksum"`
}

const (
	listed = 4096
	last   = 200001
)

func main() {
	told := answers{Go: runtime.Version(), Platform: runtime.GOARCH, Last: last}
	sum := fnv.New32a()
	for n := 2; n <= last; n++ {
		bits := math.Float64bits(math.Log(float64(n)))
		if n <= listed {
			told.Bits = append(told.Bits, fmt.Sprintf("%016x", bits))
		}
		for shift := 56; shift >= 0; shift -= 8 {
			sum.Write([]byte{byte(bits >> shift)})
		}
	}
	told.Checksum = fmt.Sprintf("%08x", sum.Sum32())
	lines := json.NewEncoder(os.Stdout)
	lines.SetIndent("", " ")
	if err := lines.Encode(told); err != nil {
		log.Fatal(err)
	}
}
