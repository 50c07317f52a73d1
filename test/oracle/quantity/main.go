// Command quantity says what upstream Kubernetes makes of resource quantities, one JSON object a
// line, so that our own reading can be held against it. The same seed gives the same lines.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"log"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// answer is what upstream says of one text. Its 64-bit fields are strings, because a JSON reader
// may keep numbers as doubles. Nano, the exact value, is left out when it has more than four
// hundred digits. Held names the representation that upstream chose: it rounds negative numbers
// away from zero when they are held as "int64", and amiss when they are held as "decimal".
type answer struct {
	Text      string `json:"text"`
	Ok        bool   `json:"ok"`
	Held      string `json:"held,omitempty"`
	Nano      string `json:"nano,omitempty"`
	Value     string `json:"value,omitempty"`
	Milli     string `json:"milli,omitempty"`
	Canonical string `json:"canonical,omitempty"`
}

func main() {
	seed := flag.Uint64("seed", 1, "where the random texts start")
	count := flag.Int("count", 1800, "how many random texts follow the written ones")
	flag.Parse()

	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	tell := func(text string) {
		if err := lines.Encode(answerTo(text)); err != nil {
			log.Fatal(err)
		}
	}
	for _, text := range written {
		tell(text)
	}
	random := source{rand.New(rand.NewPCG(*seed, 0))}
	for range *count {
		tell(random.text())
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func answerTo(text string) answer {
	quantity, err := resource.ParseQuantity(text)
	if err != nil {
		return answer{Text: text}
	}
	return answer{
		Text:      text,
		Ok:        true,
		Held:      heldAs(quantity),
		Value:     strconv.FormatInt(quantity.Value(), 10),
		Milli:     strconv.FormatInt(quantity.MilliValue(), 10),
		Canonical: quantity.String(),
		Nano:      nanoOf(quantity), // Last, because AsDec changes how the quantity is held.
	}
}

// heldAs looks at an unexported field, because nothing that is exported tells.
func heldAs(quantity resource.Quantity) string {
	if reflect.ValueOf(quantity).FieldByName("d").FieldByName("Dec").IsNil() {
		return "int64"
	}
	return "decimal"
}

// nanoOf is the exact value. Upstream keeps nothing finer than a nano-unit, so it is whole.
func nanoOf(quantity resource.Quantity) string {
	decimal := quantity.AsDec()
	if decimal.Sign() == 0 {
		return "0"
	}
	shift := 9 - int64(decimal.Scale())
	if shift < 0 {
		log.Fatalf("finer than a nano-unit: %s", decimal)
	}
	digits := decimal.UnscaledBig().String()
	if int64(len(digits))+shift > 400 {
		return ""
	}
	return digits + strings.Repeat("0", int(shift))
}
