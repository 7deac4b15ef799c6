#!/usr/bin/env bash
# Makes the speech files of this folder with espeak-ng and sox. README.md says what they are.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# say FILE VOICE WORDS_PER_MINUTE PITCH TEXT: 300 ms of silence, then the sentence, and nothing after it.
say() {
  espeak-ng -v "$2" -s "$3" -p "$4" -w "$work/spoken.wav" "$5"
  # What is quieter than -50 dB at either end is cut off; the loudest sample becomes -3 dB.
  sox -D "$work/spoken.wav" -r 24000 -c 1 -b 16 -e signed-integer "$1" \
    gain -6 rate -v 24000 highpass 60 \
    silence 1 0.005 -50d reverse silence 1 0.005 -50d reverse \
    norm -3 pad 0.3 0
}

say ask-weather.wav en-us 160 45 \
  "What is the weather like in Lisbon today?"
say barge-in.wav en-us 160 45 \
  "Wait, what about tomorrow?"
say answer-today.wav en-gb+f3 200 55 \
  "In Lisbon it is sunny right now, twenty four degrees, with a light breeze from the ocean. It stays dry all evening, so you can leave the umbrella at home and enjoy a walk along the river."
say answer-tomorrow.wav en-gb+f3 200 55 \
  "Tomorrow brings some clouds, and twenty one degrees."
