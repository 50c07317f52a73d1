// Command yaml-scalars says what kubectl reads a plain scalar of YAML as, one JSON object a line:
// as a value and as a key. The same seed gives the same lines.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"log"
	"math/rand/v2"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

// answer is what upstream makes of `a: text`, in JSON, and of the key in `text: 1`. Value and key
// are left out when upstream refuses the document.
type answer struct {
	Text  string  `json:"text"`
	Value string  `json:"value,omitempty"`
	Key   *string `json:"key,omitempty"`
}

// Words and pieces of which scalars are made.
var words = strings.Fields(`y Y yes Yes YES yEs n N no No NO nO true True TRUE tRue false False FALSE on On ON
	off Off OFF oN oFF null Null NULL nUll ~ .inf .Inf .INF .iNF +.inf -.inf +.INF -.Inf .nan .NaN .NAN -.nan
	0 00 08 010 0o10 0O10 0x1F 0X1f 0b101 0B11 0b12 -0b1 0b-1 0b+1 -0b-1 -010 +010 1_000 1__0 0_8 0_1 _1 1_ 0x_1
	1e3 1E3 1e+3 1.e3 .5 -.5 +.5 5. 1.5 .5_0 1_0.5 .1e-7 1e400 -1e400 .1e400 1e-400 1:30 1:30:15 12e03 0e0 -0 -0.0 +0
	9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616 -9223372036854775809
	0xFFFFFFFFFFFFFFFFF 0777777777777777777777777 0b1111 2001-01-01 2001-1-1T1:1:1Z 1.2.3 10m 1Gi 1.10 0.1 0x 0o 0b
	infinity Infinity inf nan NaN .e5 .p1 .x +1 ++1 -+1 1e 1e+ 123456789.123456789 1e21 1e20 0.000001 1e-7 =  << <
	true1 yes1 on- off. ~~ null0 0x1p4 .0x1 1d3 1f 0xg 0o8 09 0o7_7 0B2 1.5.5 1e3.5 - -- --- + . .. ...`)
var pieces = strings.Split("0 1 2 7 8 9 00 10 _ . - + e E x X o O b B a f F inf nan n y on ~ 0x 0o 0b m Gi p P :1", " ")

func main() {
	seed := flag.Uint64("seed", 1, "where the random scalars start")
	count := flag.Int("count", 1000, "how many random scalars follow the written ones")
	flag.Parse()

	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	tell := func(text string) {
		if err := lines.Encode(answerTo(text)); err != nil {
			log.Fatal(err)
		}
	}
	for _, text := range words {
		tell(text)
	}
	random := rand.New(rand.NewPCG(*seed, 0))
	for range *count {
		var text strings.Builder
		for range 1 + random.IntN(6) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		tell(text.String())
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func answerTo(text string) answer {
	made := answer{Text: text}
	var value map[string]json.RawMessage
	if read, err := yaml.YAMLToJSON([]byte("a: " + text + "\n")); err == nil && json.Unmarshal(read, &value) == nil {
		made.Value = string(value["a"])
	}
	var keys map[string]int
	if read, err := yaml.YAMLToJSON([]byte(text + ": 1\n")); err == nil && json.Unmarshal(read, &keys) == nil {
		for key := range keys {
			made.Key = &key
		}
	}
	return made
}
