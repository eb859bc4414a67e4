package bot

import (
	"strings"
	"time"
	"unicode"
)

// zoneSaid reads a time zone as people write it: Europe/Berlin in any case, or
// the city alone.
func zoneSaid(said string) (*time.Location, bool) {
	said = strings.ReplaceAll(strings.Join(strings.Fields(tidy(said)), " "), " ", "_")
	if said == "" || strings.EqualFold(said, "local") {
		return nil, false
	}
	if z, err := time.LoadLocation(said); err == nil {
		return z, true
	}
	city := titled(said)
	if z, err := time.LoadLocation(city); err == nil {
		return z, true
	}
	if strings.Contains(city, "/") {
		return nil, false
	}
	for _, region := range []string{"Europe/", "America/", "Asia/", "Australia/", "Africa/", "Pacific/", "Atlantic/", "America/Argentina/", "America/Indiana/"} {
		if z, err := time.LoadLocation(region + city); err == nil {
			return z, true
		}
	}
	return nil, false
}

// titled writes each part with a capital, as zones are written; "of" and the
// like inside of names stay small.
func titled(s string) string {
	begin, out := true, []rune{}
	for _, r := range strings.ToLower(s) {
		if begin {
			r = unicode.ToUpper(r)
		}
		out = append(out, r)
		begin = r == '/' || r == '_' || r == '-'
	}
	return strings.NewReplacer("_Of_", "_of_", "Gmt", "GMT", "Utc", "UTC").Replace(string(out))
}

// countries are the names people write for the codes.
var countries = map[string]string{
	"argentina": "AR", "austria": "AT", "österreich": "AT", "australia": "AU", "belgium": "BE", "bulgaria": "BG", "brazil": "BR", "canada": "CA", "switzerland": "CH",
	"schweiz": "CH", "cyprus": "CY", "czechia": "CZ", "czech republic": "CZ", "germany": "DE", "deutschland": "DE", "denmark": "DK", "estonia": "EE", "spain": "ES",
	"finland": "FI", "france": "FR", "uk": "GB", "united kingdom": "GB", "great britain": "GB", "england": "GB", "greece": "GR", "croatia": "HR", "hungary": "HU",
	"ireland": "IE", "iceland": "IS", "italy": "IT", "japan": "JP", "kenya": "KE", "lithuania": "LT", "luxembourg": "LU", "latvia": "LV", "malta": "MT", "malawi": "MW",
	"mexico": "MX", "netherlands": "NL", "the netherlands": "NL", "norway": "NO", "new zealand": "NZ", "poland": "PL", "portugal": "PT", "romania": "RO", "serbia": "RS",
	"russia": "RU", "sweden": "SE", "slovenia": "SI", "slovakia": "SK", "thailand": "TH", "ukraine": "UA", "usa": "US", "united states": "US", "south africa": "ZA",
}

// countrySaid is the code of a country by its name, or what was written.
func countrySaid(said string) string {
	said = strings.Join(strings.Fields(tidy(said)), " ")
	if code, ok := countries[strings.ToLower(said)]; ok {
		return code
	}
	return strings.ToUpper(said)
}
