package dev.heddle.cli.report;

/** How the page looks: by the reader's preference light or dark, on paper light. */
final class Style {
  /** Colours of series. */
  static final int COLOURS = 6;

  static final String CSS =
      """
      :root {
        --page: #ffffff; --text: #1c2128; --soft: #57606a; --rule: #d8dee4; --panel: #f6f8fa;
        --c0: #1f6feb; --c1: #c4500b; --c2: #1a7f4b; --c3: #8250df; --c4: #9a6700; --c5: #bf3989;
        --bad: #b3261e; --good: #1a7f4b;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --page: #0d1117; --text: #e6edf3; --soft: #9da7b3; --rule: #30363d; --panel: #161b22;
          --c0: #6cb0ff; --c1: #ff9a56; --c2: #56d38c; --c3: #c29bff; --c4: #e3b341; --c5: #ff8cc6;
          --bad: #ff7b72; --good: #56d38c;
        }
      }
      @media print {
        :root {
          --page: #ffffff; --text: #1c2128; --soft: #57606a; --rule: #d8dee4; --panel: #ffffff;
          --c0: #1f6feb; --c1: #c4500b; --c2: #1a7f4b; --c3: #8250df; --c4: #9a6700; --c5: #bf3989;
        }
        figure { break-inside: avoid; }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 75rem; background: var(--page);
        color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
      }
      h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
      h2 {
        font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-top: .75rem;
        border-top: 1px solid var(--rule);
      }
      h3 { font-size: 1rem; margin: 0 0 .5rem; }
      p { margin: .5rem 0; max-width: 48rem; }
      .soft { color: var(--soft); }
      .bad { color: var(--bad); font-weight: 600; }
      .good { color: var(--good); font-weight: 600; }
      .figures {
        display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr));
      }
      figure {
        margin: 0; padding: .75rem; border: 1px solid var(--rule); border-radius: 6px;
        background: var(--panel); min-width: 0;
      }
      figcaption { font-size: .875rem; color: var(--soft); margin-top: .5rem; }
      figure > svg { display: block; width: 100%; height: auto; }
      svg text { font: 13px system-ui, sans-serif; fill: var(--text); }
      svg text.axis { fill: var(--soft); }
      .grid { stroke: var(--rule); stroke-width: 1; fill: none; }
      .guide { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
      .line { fill: none; stroke-width: 2.25; }
      .thin { fill: none; stroke-width: 1; }
      .legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .875rem; margin-top: .5rem; }
      .legend span { display: inline-flex; align-items: center; gap: .375rem; }
      .key { width: 14px; height: 14px; }
      .wide { overflow-x: auto; margin: .5rem 0; }
      table { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
      th, td {
        padding: .25rem .75rem .25rem 0; text-align: right; white-space: nowrap;
        border-bottom: 1px solid var(--rule);
      }
      th:first-child { text-align: left; font-weight: 500; }
      .facts td, .facts th { text-align: left; }
      @media (max-width: 30rem) { svg text { font-size: 15.5px; } }
      thead th { font-weight: 600; color: var(--soft); }
      """
          + colours();

  private Style() {}

  private static String colours() {
    StringBuilder css = new StringBuilder();
    for (int i = 0; i < COLOURS; i++) {
      css.append(".c%d { fill: var(--c%d); } .l%d { stroke: var(--c%d); }\n".formatted(i, i, i, i));
    }
    return css.toString();
  }
}
