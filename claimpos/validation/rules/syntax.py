"""Syntax: what is no YAML, or YAML that a position file may not use. Found as files are read.

Limits: a file has at most 8 MB, is nested at most 40 levels deep, and a number has at most 30
digits.

CP101 error: the file cannot be read, or is not valid YAML

    Broken YAML, a tab as indent, another encoding than UTF-8, an empty file, a second document,
    a folder or a link to nowhere called x.yaml, a file larger than 8 MB.

    FAIL
        name: A case: an example
    PASS
        name: "A case: an example"

CP102 error: a key that is there already

    FAIL
        name: A case
        name: Another name
    PASS
        name: A case

CP103 error: an anchor or an alias

    FAIL
        name: &name A case
        short: *name
    PASS
        name: A case
        short: A case

CP104 error: a tag

    Nothing in a file is ever executed, and no tag is needed: text in quotes stays text.

    FAIL
        name: !!str 2025
    PASS
        name: "2025"

CP105 error: nested more than 40 levels deep

    FAIL
        n: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[d]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    PASS
        note: deep enough

CP106 error: a control character, or one that shows nothing or turns the direction of writing

    Such characters steer terminals, or make a text read other than it is: what Unicode calls
    default ignorable, private use, and what is no character. Tabs and line ends are allowed, and
    in their places the joiners of Persian and Indian scripts, the spaces without width of Thai and
    Khmer, and what chooses the form of a Chinese letter or makes one emoji of several. Marks of
    direction are not, because each text is shown by itself.

    FAIL
        note: "\\a bell"
    PASS
        note: a bell

CP107 error: a number of more than 30 digits

    FAIL
        positions:
          rate:
            - {since: 2025, accepts: 1234567890123456789012345678901, evidence: [said]}
    PASS
        positions:
          rate:
            - {since: 2025, accepts: 1234567890, evidence: [said]}

CP108 error: a key that is no plain text

    FAIL
        ? [a, b]
        : c
    PASS
        name: A case

CP109 error: more than the limits allow

    A text of more than 20,000 characters, or of more than 600 in an id, a name, a title or a
    unit, which reports tell again and again; a file of more than 500,000 keys and values, a
    dossier of more than 5,000 files or 32 MB, `all` for more than 500,000 items in all places
    together, or statements of more than 50,000,000 characters, each counted as often as a position
    cites it. The remedy says how to raise the limit.
"""
