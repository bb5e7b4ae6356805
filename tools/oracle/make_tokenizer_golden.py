"""Writes the token ids that Python's tokenizers gives to 1,000 texts in many scripts.

    python make_tokenizer_golden.py TOKENIZER_JSON REVIEWS_CSV_GZ OUTPUT_JSONL_GZ

Needs the packages `tokenizers` and `transformers`. A line of the output is
{"text", "ids", "left16", "right16"}: the ids without truncation and those of Transformers with
max_length=16 and truncation_side left and right. The output is the same bytes at every run.
"""

import csv
import gzip
import io
import json
import random
import sys

from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

TEXTS = 1000
MAX_TOKENS = 16

SCRIPTS = {
    "latin": "Le garçon naïf a mangé une crème brûlée à l'hôtel; Łódź, Žižek, Straße, smørrebrød, "
    "façade, ÀÉÎÕÜ, İstanbul ıssız, Ærøskøbing, fluß, ŉ, ﬁn, ẞ, Tiếng Việt có dấu, mañana.",
    "cyrillic": "Съешь же ещё этих мягких французских булок, да выпей чаю. Їжак і ґанок. "
    "Љубав, ћирилица, Йошкар-Ола, Ђорђе.",
    "greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. Ὁ βίος βραχύς, ἡ δὲ τέχνη μακρή. Σίσυφος ΣΣ ς.",
    "arabic": "أحبّ القراءة كثيرًا، والسماء صافية اليوم؛ هل رأيت الفيلم؟ ۱۲۳ ٤٥٦ اَلْعَرَبِيَّةُ لا إله",
    "hebrew": "הסרט הזה היה נהדר, אבל קצת ארוך. שָׁלוֹם עֲלֵיכֶם — מה נשמע? צה״ל ט׳",
    "hindi": "यह फ़िल्म बहुत अच्छी थी, लेकिन थोड़ी लंबी। क्षत्रिय ज्ञान श्री १२३ हिन्दी कर्म",
    "thai": "ภาพยนตร์เรื่องนี้สนุกมาก แต่ยาวไปหน่อย น้ำใจ เก็บ ๑๒๓ กำลัง",
    "chinese": "这部电影非常好看，但是有点长。《三国演义》是中国古典小说！𠀀𠮷㐀豈 繁體字",
    "japanese": "この映画はとても面白かったです。ガギグゲゴ ｶﾞｷﾞ パピプペポ「東京」へ行きました々〆ヶ",
    "korean": "이 영화는 정말 재미있었어요. 한국어 띄어쓰기 ㄱㄴㄷ 각 뷁 가나다",
    "emoji": "👍 👎🏽 👩‍👩‍👧‍👦 🇩🇪🇯🇵 ❤️ ☃ 😀😃😄 1️⃣ ✈︎ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 great 🎬movie🍿",
    "symbols": "∑∫√∞ ≠ ≤ €£¥₿ ½⅓ №™©® «„“”’‘–—… ①② Ⅻ ｆｕｌｌ　ｗｉｄｔｈ a²+b²=c² x₁ ™ ~^`|\\ $5.99 100% #tag @name",
    "marks": "e\u0301 a\u0308\u0304 n\u0303o\u0302 Z\u0335\u0321a\u0347l\u0353g\u0324o\u0330 "
    "\u1112\u1161\u11ab \u0915\u093c i\u0307 \u0344 o\u031b\u0309",
    "controls": "a\u0000b \u0001c\u0007 tab\there line\nfeed return\r\n\u000b\u000c \u007f\u0085 "
    "\u00a0nbsp \u00adsoft\u200bzero\u200cwidth\u200djoin\u2028line\u2029para \ufeffbom \ufffd "
    "\u202ertl\u202c \ue000private \uffff end\u3000",
    "special": "[CLS] [SEP] [PAD] [MASK] [UNK] [cls] text[SEP]more [CLS][CLS] ##ing ## [ SEP ] <s> </s>",
    "other": "ქართული ენა Հայերեն தமிழ் మంచి ಕನ್ನಡ മലയാളം বাংলা ਪੰਜਾਬੀ ગુજરાતી አማርኛ ខ្មែរ ລາວ မြန်မာ "
    "ᓄᓇᕗᑦ ᚠᚢᚦ 𐍈𐌰 Ꮳꮃ ⵜⵉⴼ བོད་ སිංහල ދިވެހި ꓡꓲ",
}

FIXED = [
    "a",
    ".",
    "It was good.",
    "Not a fan, don't recommend.",
    "\u0000",
    "\u0301",
    "😀",
    "x" * 99,
    "x" * 100,
    "x" * 101,
    "pneumonoultramicroscopicsilicovolcanoconiosis " * 3,
    "supercalifragilistic" * 30,
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "漢" * 40,
    "é" * 150,
    "!" * 60,
    "1234567890" * 12,
    "   leading and trailing   ",
    "a\u0300" * 80,
    "https://example.org/a/very/long/path?with=query&and=more#fragment",
    "<br /><br />",
    "ALL CAPS AND MiXeD cAsE",
    "don't can't it's y'all o'clock rock'n'roll",
]


def texts(reviews_path: str) -> list[str]:
    rng = random.Random(20110619)
    with gzip.open(reviews_path, "rt", encoding="utf-8", newline="") as file:
        reviews = [row["text"] for row in csv.DictReader(file)]
    found = dict.fromkeys(FIXED)
    for script in SCRIPTS.values():
        found[script] = None
    scripts = list(SCRIPTS.values())
    while len(found) < 700:
        script = rng.choice(scripts)
        start = rng.randrange(len(script))
        piece = script[start : start + rng.randrange(1, 60)]
        if rng.random() < 0.35:
            other = rng.choice(scripts)
            cut = rng.randrange(len(other))
            piece += rng.choice(["", " ", "-", "\n", "\u200d"]) + other[cut : cut + 25]
        if piece.strip():
            found[piece] = None
    while len(found) < TEXTS:
        review = rng.choice(reviews)
        start = rng.randrange(max(1, len(review) - 200))
        found[review[start : start + rng.randrange(5, 400)]] = None
    return list(found)


def main(tokenizer_path: str, reviews_path: str, output_path: str) -> None:
    plain = Tokenizer.from_file(tokenizer_path)
    plain.no_truncation()
    plain.no_padding()
    transformers = PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_file(tokenizer_path))

    def truncated(text: str, side: str) -> list[int]:
        transformers.truncation_side = side
        return transformers(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]

    with open(output_path, "wb") as file, gzip.GzipFile(
        "", "wb", compresslevel=9, fileobj=file, mtime=0
    ) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as lines:
        for text in texts(reviews_path):
            row = {
                "text": text,
                "ids": plain.encode(text).ids,
                "left16": truncated(text, "left"),
                "right16": truncated(text, "right"),
            }
            lines.write(json.dumps(row, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
