package org.selfdiff.headless.runner.results;

/** How {@link IndexPage} looks, on a desk and on a phone, by day and by night. */
final class PageStyle {
    static final String CSS =
            """
            :root { color-scheme: light dark; --line: #8883; --soft: #8881; --accent: #2a7f7a; }
            * { box-sizing: border-box; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 0 auto; padding: 1.4rem 1rem 4rem; }
            h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
            h3 { font-size: .85rem; font-weight: 600; margin: 1rem 0 .3rem; opacity: .75; }
            p { margin: .3rem 0; } a { color: var(--accent); } .quiet { opacity: .7; font-size: .88rem; }
            .state { color: #fff; background: var(--accent); border-radius: 1rem; padding: .1rem .7rem; font-size: .85rem; }
            .bad { background: #c0392b; }
            .warn { border-left: 4px solid #e0a800; padding: .2rem .8rem; white-space: pre-line; overflow-wrap: anywhere; }
            .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .86rem; }
            th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
            td { max-width: 20rem; overflow: hidden; text-overflow: ellipsis; } th { font-weight: 600; opacity: .75; }
            .n { text-align: right; font-variant-numeric: tabular-nums; }
            .share { background: linear-gradient(#2a7f7a44, #2a7f7a44) no-repeat left / var(--of) 100%; min-width: 6rem; }
            .pictures { display: flex; flex-wrap: wrap; gap: .7rem; } figure { margin: 0; max-width: 100%; }
            img { display: block; max-width: 100%; border-radius: 6px; border: 1px solid var(--line); background: var(--soft); }
            .results img { height: 12rem; width: auto; object-fit: contain; } .results .wide { width: calc(50% - .4rem); } .results .wide img { width: 100%; height: auto; }
            .small img { height: 6rem; width: auto; } figcaption { font-size: .78rem; opacity: .75; max-width: 24rem; }
            /* Label maps hold small numbers: class 1 would be black beside class 0. */
            .labels img { filter: brightness(40); }
            details { border-bottom: 1px solid var(--line); } summary { cursor: pointer; padding: .5rem 0; }
            summary .name { font-weight: 600; } summary .time { float: right; opacity: .7; font-size: .85rem; }
            details > div { padding: 0 0 1rem 1rem; } .links a { margin-right: 1rem; }
            @media (max-width: 40rem) { .results figure, .results .wide { width: 100%; }
              .results img { width: 100%; height: auto; } details > div { padding-left: 0; } }
            """;

    private PageStyle() {}
}
