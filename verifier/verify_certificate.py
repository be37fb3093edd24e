"""Check a certificate offline: python3 verify_certificate.py FILE [EVIDENCE ...]; no b40 needed.
One line a check, -- where there is nothing to check. Exit 0: all hold, the commit's signature, too;
1: something does not hold (a bad signature too), its line is named; 2: no certificate; 3: all hold,
but the signature is not shown or cannot be checked here; 4: all hold, the commit is not signed."""
# Longer than the 150 lines it was meant to have: a reader of the register's layout is in it (90).
import base64, collections, datetime, hashlib, io, json, pathlib, re, shutil, subprocess, sys
import tempfile, zipfile, zlib
HEADS = "Certificate of a decision|Decision|Arithmetic|Statutes|Afterwards|Commit|Signature|Objects"
LIMIT, LAST, SIDES = 8 << 20, b"sha256 of the digests: ", ("for", "against", "abstain", "invalid")
QUOTED = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'"
KEY = re.compile(rf"(?:{QUOTED}|[^\s\"'#&*!|>%@`\[\]{{}},-](?:[^\s:]|:(?=\S))*):(?=\s|$)")
SIGN = r"(?:[^\s\[\]{},:]|:(?=[^\s\[\]{},]))"
INNER = re.compile(rf"{QUOTED}|(?![|>]){SIGN}(?:{SIGN}| +(?=[^\s#\[\]{{}},:]))*")
BARE = re.compile(r"(?<!\S)\S+://\S+|Kosovo(?!\w)(?!\\?\*)")  # shown with the asterisk of Art. 1
WRONG = (OSError, ValueError, TypeError, LookupError, RuntimeError, EOFError, StopIteration)
WRONG += (zlib.error, zipfile.BadZipFile)
WHOLE = re.compile(r"[-+]?[0-9]{1,4000}")
KINDS = dict.fromkeys(("presidency", "agenda", "activity-report", "removal"), ("absolute",))
KINDS |= {"amendment": ("two-thirds",), "dissolution": ("two-thirds",)}
KINDS |= {"committee-election": ("plurality", "absolute", "votes-cast")}  # a slate: votes cast

def seal(lines):  # the number of the first line that was changed; 0 where none was
    *sealed, digests, last, end = [b""] * (3 - len(lines)) + lines
    if end or not last.startswith(LAST):
        return len(lines) - (not end)
    intact = last == LAST + hashlib.sha256(digests).hexdigest().encode()
    for n, line in enumerate(sealed):
        if digests[16 * n : 16 * n + 16] != hashlib.sha256(line).hexdigest()[:16].encode():
            return n + 1 if intact else len(sealed) + 1
    return 0 if intact and len(digests) == 16 * len(sealed) else len(sealed) + 1 + (not intact)

def told(value, lead="  "):  # what a person reads, made from the data and from nothing else
    if isinstance(value, str):  # the record: its own lines
        return (yield from (f"{lead}{x}".rstrip() for x in value.removesuffix("\n").split("\n")))
    for key, item in value.items() if isinstance(value, dict) else enumerate(value, 1):
        if isinstance([*item, 0][0] if (many := isinstance(item, list)) else item, dict) and item:
            yield from (f"{lead}{key}:", *told(item, lead + "  "))
        elif isinstance(item, str) and "\n" in item:
            yield from (f"{lead}{key}:", *(f"{lead}  | {x}".rstrip() for x in item.split("\n")))
        else:
            said = ["none" if i in (None, {}) else str(i) for i in (item if many else [item])]
            yield f"{lead}{key}{f' ({len(item)})' if many else ''}: {', '.join(said)}".rstrip()

def lines_of(part):
    return (BARE.sub(lambda m: "Kosovo*" if m[0] == "Kosovo" else m[0], x) for x in told(part))

def scalar(text):  # what a text of the record means
    if text[:1] in ("'", '"'):
        return json.loads(text) if text[0] == '"' else text[1:-1].replace("''", "'")
    known = {"null": None, "~": None, "": None, "true": True, "false": False}
    return known[text] if text in known else int(text) if WHOLE.fullmatch(text) else text

def put(many, key, item):
    if not isinstance(key, str) or key in many:
        raise ValueError("a key comes twice, or is none")
    many[key] = item

def flow(text, at=0, depth=0):  # a value on one line, and where it ends
    if text[at : at + 1] not in ("{", "["):
        found = INNER.match(text, at)
        return scalar(found[0]), found.end()
    many, end, at = ({}, "}", at + 1) if text[at] == "{" else ([], "]", at + 1)
    while text[at : at + 1] != end:
        key, at = flow(text, at, depth + 1)
        if end == "}":
            item, at = flow(text, at + 2, depth + 1) if text[at : at + 2] == ": " else flow("")
            put(many, key, item)
        else:
            many.append(key)
        if (text[at : at + 2] != ", " and text[at : at + 1] != end) or depth > 32:
            raise ValueError("no list on one line")
        at += 2 * (text[at] == ",")
    return many, at + 1

def lead(row):
    return len(row) - len(row.lstrip(" "))

def entry(text, rows, depth):  # what stands behind a key or a dash, on its line or below it
    bare = text.strip()
    if not bare or bare[0] == "#":
        skipped(rows)
        same = rows and lead(rows[-1]) == depth and rows[-1][depth:].startswith("- ")
        return block(rows, depth + (not same))
    if bare in ("|", "|-"):
        kept, inner = [], max(lead(rows[-1]), depth + 1)
        while rows and (not rows[-1] or lead(rows[-1]) >= inner):
            kept.append(rows.pop()[inner:])
        text, ended = "\n".join(kept).rstrip("\n"), rows or kept[-1:] == [""]  # its last line
        return text + "\n" if text and ended and bare == "|" else text
    if bare[0] not in "{['\"|>":
        return scalar(re.split(r"\s#", bare)[0].rstrip())
    value, at = flow(bare)
    if bare[at:] and not re.match(r"\s+#", bare[at:]):
        raise ValueError("something stands behind a value")
    return value

def skipped(rows):  # blank lines and remarks
    while rows and (not rows[-1].strip() or rows[-1].lstrip()[0] == "#"):
        rows.pop()

def block(rows, least=0):  # the lines of a record, the last first, as the register lays them out
    skipped(rows)
    depth = lead(rows[-1]) if rows else -1
    if depth < least:
        return None
    many = [] if rows[-1][depth:].startswith("- ") else {}
    while rows and lead(rows[-1]) == depth:
        text = rows[-1][depth:]
        if text.startswith("- ") != isinstance(many, list):
            break
        key = KEY.match(text, 2 * isinstance(many, list))
        if isinstance(many, dict):
            rows.pop()
            put(many, scalar(key[0][:-1]), entry(text[key.end() :], rows, depth))
        elif key or text.startswith("- - "):
            rows[-1] = " " * (depth + 2) + text[2:]
            many.append(block(rows, depth + 2))
        else:
            rows.pop()
            many.append(entry(text[2:], rows, depth))
        skipped(rows)
    return many

def parsed(text):  # the record that the bytes are
    rows = text.split("\n")[::-1]
    record = block(rows)
    if rows or not isinstance(record, dict):
        raise ValueError("no record")
    return record

def share(part, base):  # exact: the least whole number that is at least, or more than, a share
    above, below = map(int, part["share"].split(" ")[-1].split("/"))
    return -(-above * base // below) if part["share"][0] == "a" else above * base // below + 1

def kinds_of(record):  # which majorities may carry it; a succession is voted as an admission is
    if record["body"][0] != "e":
        return KINDS.get(record["matter"], ("absolute", "votes-cast"))
    joins = record["matter"] == "admission" or record.get("effect") == "succession"
    return ("unanimity", "simple") if joins else ("simple",)

def count(record, how):  # the vote again, in whole numbers: what its count has to be, its state
    roll, matter, quorum, part = record["roll"], record["matter"], how["quorum"], how["majority"]
    entitled, kind, president = {*roll["entitled"]}, part["kind"], how["casting vote of"]
    voters, choices = entitled & {*roll["present"], *roll["represented"]}, record.get("choices")
    ballots = {side: {*record.get("ballots", {}).get(side, [])} for side in SIDES}
    cast = record.get("tally") or {side: len(voters & ballots[side]) for side in SIDES}
    names = {city: len(voters & {*who}) for city, who in (choices or {}).items()}
    names |= {city: n for city, n in cast.items() if "-" in city}  # in secret, by numbers
    yes, no = max(names.values(), default=cast.get("for", 0)), cast.get("against", 0)
    given = len(voters & {c for who in choices.values() for c in who}) if choices else yes + no
    given = given if choices or not names else cast.get("ballots", len(voters))
    all_members = entitled | {*roll.get("suspended", [])}
    of = {"those with a vote who came": len(voters), "all with a vote": len(entitled),
          "the votes cast": given, "those at the first roll call": len({*part["members"]}),
          "all members": len({*part["members"]} & all_members)}
    base, whole, came = len({*quorum["of"]}), of[part["of"]], len({*quorum["came"]})
    met = (required := share(quorum, base)) <= came and base > 0
    need = {"unanimity": whole, "plurality": 1}.get(kind, share(part, whole))
    said = [cast.get("casting"), *(side for side in SIDES[:2] if president in ballots[side])][-1]
    casting = said if president and kind == "simple" and yes == no > 0 else None
    least = share(part, len(all_members)) if matter == "interpretation" else need  # either way
    carried = whole > 0 and (max(need, least) <= yes or casting == "for")
    result = {"quorum": {"required": required, "counted": came, "met": met}, "majority": {
        "kind": kind, "base": whole, "required": need, "for": yes, "casting": casting}}
    if matter == "committee-election":
        by, said, tied = how["election"], *map(record["count"].get, ("elected", "tied"))
        if by.get("slate"):  # each of it has the votes in favour
            names, need = dict.fromkeys(record.get("candidates", []) * carried, yes), 1
        won, out = said[: min(by["seats"], 99)], {x["city"] for x in record.get("passed_over", [])}
        left = sorted(n for c, n in names.items() if c not in {*won, *out} and n >= max(need, 1))
        low = min([names.get(city, 0) for city in won], default=need)
        tie = not left or 0 < by["seats"] < len(won) + left.count(left[-1])  # over the last seat
        first = by["leaders"] or out.intersection(tied or ()) or record["state"] == "invalid"
        fair = first or (tie and (not won or left[-1:] <= [low]))  # void: who is out is not told
        fair = fair and record.get("seats", {"free": by["seats"]})["free"] == by["seats"]
        result["elected"], carried = won if fair and low >= need else None, bool(won)
        result |= {"tied": [c for c in tied if c in names and c not in won]} if tied else {}
    return result, ("adopted" if carried else "rejected") if met else "invalid"

def signed(commit, key):  # True, False, "not shown" or "none"
    found = re.search(rb"\ngpgsig\S* ((?:[^\n]*\n )*[^\n]*)", commit.partition(b"\n\n")[0])
    tool, bare = shutil.which("ssh-keygen"), found and commit.replace(found[0], b"", 1)
    if not found or not tool or not key:
        return "not shown" if found else "none"
    with tempfile.TemporaryDirectory() as place:
        pathlib.Path(place, "key").write_text(f'x namespaces="git" {" ".join(key.split()[:2])}\n')
        pathlib.Path(place, "raw").write_bytes(found[1].replace(b"\n ", b"\n") + b"\n")
        words = (tool, "-Y", "verify", "-f", "key", "-I", "x", "-n", "git", "-s", "raw")
        return not subprocess.run(words, input=bare, capture_output=True, cwd=place).returncode

def chain(want, name, coded):  # by git's hashes: commit, trees, record; the network's own beside
    steps = ("", "registry", "decisions", name[3:7], f"{name}.yaml", "")
    size, below, sound = len(want) // 2, {}, True
    *objects, net = map(base64.b64decode, coded)
    def oid(kind, raw):
        whole = b"%s %d\0%s" % (kind, len(raw), raw)
        return hashlib.new("sha1" if size == 20 else "sha256", whole).hexdigest()
    for n, (step, raw) in enumerate(zip(steps, objects, strict=True)):
        if step == name[3:7]:  # registry/ was read last: there the network's own record stands
            sound = sound and below.get(b"network.yaml", b"").hex() == oid(b"blob", net)
        sound = sound and oid((b"commit", *[b"tree"] * 4, b"blob")[n], raw) == want
        below = dict(re.findall(rb"[0-7]{5,6} ([^\0]{1,255})\0(.{%d})" % size, raw, re.DOTALL))
        want = below.get(step.encode(), b"").hex() if n else raw[5 : raw.index(b"\n")].decode()
    return sound, objects, net

def checks(data, shown, files, state):
    record, how, want = parsed(data["Decision"]), data["Arithmetic"], data["Commit"]["oid"]
    at = len(shown or ()) + 1
    if shown is not None:
        page = [x for h, part in data.items() if h != "Objects" for x in (h, *lines_of(part), "")]
        spots = [n for n in range(max(len(page), at - 1)) if page[n : n + 1] != shown[n : n + 1]]
        yield not spots, [*spots, 0][0] + 1, "it says what the data say"
    yield "|".join(data) == HEADS, 1, "it has the parts of a certificate, and no other"
    def line(start):
        lines = enumerate(shown or (), 1)
        return next((n for n, text in lines if text.strip().startswith(start)), at)
    sound, objects, net = chain(want, record["id"], data["Objects"])
    yield sound, line("oid"), f"by git's own hashes the record stands in {data['Commit']['oid']}"
    facts, says = parsed(net.decode()), data[HEADS.split("|")[0]]
    good = [says.get("network"), says.get("register")] == [facts.get("name"), facts.get("status")]
    yield good, line("network"), "so the register called itself in that commit"
    top = objects[0].decode("utf-8", "replace")
    seconds = int(re.search(r"\ncommitter .* (\d+) [+-]", top)[1])
    made, c = datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat(), data["Commit"]
    good = c["made"] == made and c["object"].rstrip("\n") == top.rstrip("\n")
    yield good and c.keys() == {"oid", "made", "object"}, line("made"), "so the commit says"
    same = data["Decision"].encode() == objects[-1]
    yield same, line("id:"), "the record is, byte for byte, the file"
    fine = signed(objects[0], (data["Signature"]["signer"] or {}).get("key"))
    fine = fine if (data["Signature"]["kind"] == "none") == (fine == "none") else False
    state.append({True: 0, False: 1, "not shown": 3, "none": 4}[fine])
    said = {True: "verified", False: "bad", "none": "none: the commit is unsigned"}.get(fine, fine)
    yield fine if isinstance(fine, bool) else None, line("signer"), f"signature {said}"
    if how or "count" in record:
        roll, cast = record["roll"], record.get("ballots", record.get("choices", {}))
        fixed = {key: sorted({*roll[key]}) for key in ("entitled", "present")}
        fixed["represented"] = roll["represented"]
        text = json.dumps(fixed, sort_keys=True, separators=(",", ":")).encode()
        yield hashlib.sha256(text).hexdigest() == roll["sha256"], line("sha256"), "the roll's hash"
        holders, present = collections.Counter(roll["represented"].values()), {*roll["present"]}
        good = all(x in present and n <= how["proxies for each"] for x, n in holders.items())
        yield good and present.isdisjoint(roll["represented"]), line("represented"), "the proxies"
        voters = {*roll["entitled"]} & {*present, *roll["represented"]}
        given = collections.Counter(city for who in cast.values() for city in who)
        tally = {k: n for k, n in record.get("tally", {}).items() if isinstance(n, int)}
        votes = [sum(n for k, n in tally.items() if "-" not in k), *tally.values()]
        good = {*given} <= {*voters, *how["also heard"]} and len(voters) >= max(votes) and (
            max(given.values(), default=0) <= (how["election"].get("seats", 1) or len(cast)))
        yield good, line("ballots"), "every vote is of one on the roll, and once"
        (claim, state), kind = count(record, how), how["majority"]["kind"]
        good = claim == record["count"] and kind in kinds_of(record)
        yield good, line("count:"), f"counted again: {', '.join(told(claim['majority'], ''))}"
        yield record["state"] in (state, "invalid"), line("state:"), f"by its votes: {state}"
    known = [document["sha256"] for document in record.get("evidence", [])]
    yield from ((file in known, line("evidence"), f"{n} is evidence") for n, file in files.items())

def attached(raw):  # the machine record in a PDF or DOCX: the one file that it carries
    if raw[:2] == b"PK":
        zipped = zipfile.ZipFile(io.BytesIO(raw))
        parts = [zipped.open(name) for name in zipped.namelist() if name[:10] == "customXml/"]
        found = (p.read(LIMIT).partition(b"<record ")[2] for p in parts[:20])
        (held,) = filter(None, found)
        return base64.b64decode(held.partition(b"</record>")[0].partition(b">")[2], validate=True)
    parts = re.split(rb">>\s*stream\r?\n", raw)  # each ends with the dictionary of the next
    about = [part[part.rfind(b"obj") :] for part in parts[:-1]]
    (n,) = (n for n, text in enumerate(about) if re.search(rb"/EmbeddedFile\b", text))
    held = parts[n + 1][: int(re.search(rb"/Length (\d+)", about[n])[1])]
    return zlib.decompressobj().decompress(held, LIMIT) if b"/FlateDecode" in about[n] else held

def main(names):
    try:
        (first, *rest), files = map(pathlib.Path, names), {}
        if odd := next((x for x in (first, *rest) if x.stat() and not x.is_file()), None):
            raise OSError(22, f"{str(odd)!a} is no regular file")  # a pipe may never end
        for x in rest:
            with x.open("rb") as file:
                files[x] = hashlib.file_digest(file, "sha256").hexdigest()
        raw = b"" if first.stat().st_size > LIMIT else first.read_bytes()
        raw = attached(raw) if (page := raw.startswith((b"%PDF-", b"PK"))) else raw
        lines, paper = raw.split(b"\n"), raw.lstrip()[:1] == b"{" and b'"Objects"' in raw
        paper or next(x for x in lines if x.startswith((HEADS[:25].encode(), LAST)))
    except WRONG as error:  # not there, too large, another file
        why = getattr(error, "strerror", "this is no certificate of a decision")
        return print(f"Nothing to check: {why}.\n{__doc__}", file=sys.stderr) or 2
    wrong, state = 0 if paper else seal(lines), []
    results = [(not wrong, wrong or len(lines) - 1, "the line is what was sealed")] * (not paper)
    try:
        if paper:
            data = json.loads(raw, object_pairs_hook=once)
            results += checks(data.get("result", data), None, files, state)
        elif not wrong:
            at = lines.index(b"{")
            data = json.loads(b"".join(lines[at:-3]), object_pairs_hook=once)
            results += checks(data, [x.decode() for x in lines[: at - 1]], files, state)
    except Exception:  # whatever a hostile file holds
        text = "what is sealed here is no certificate of a decision, or one of another version"
        results.append((False, 1, text))
    for good, n, text in results:
        print({None: "--", False: "FAILED"}.get(good, "ok"), f" line {n}: {ascii(text)[1:-1]:.300}")
    sound = all(good is None or good for good, *_ in results)
    for text in data["Decision"].split("\n") if page and sound else ():  # for the page's own lines
        print(f"    {text if text.isprintable() else ascii(text)[1:-1]}".rstrip())
    return max(state, default=1) if sound else 1

def once(pairs):  # a key that comes twice would say two things
    return [many := {}, *(put(many, *pair) for pair in pairs)][0]

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
