// Numbers, money, shares and days as each language writes them.  Part of the script of Chart.

const HF_LOCALE = { da: "da-DK", en: "en-GB" };
const HF_NARROW = "\u202f";

function hfNumber(value, language, digits, least = digits) {
  if (value === null || value === undefined || value === "" || !Number.isFinite(Number(value))) return "";
  const form = { minimumFractionDigits: Math.min(least, digits), maximumFractionDigits: digits };
  const text = new Intl.NumberFormat(HF_LOCALE[language], form).format(Number(value)).replace("-", "\u2212");
  return /[1-9]/.test(text) ? text : text.replace("\u2212", "");
}

function hfSigned(value, language, digits) {
  const text = hfNumber(value, language, digits);
  return text.startsWith("\u2212") || !/[1-9]/.test(text) ? text : `+${text}`;
}

function hfDay(value, language, parts) {
  const day = new Date(value);
  return Number.isNaN(day.getTime()) ? String(value) : new Intl.DateTimeFormat(HF_LOCALE[language], parts).format(day);
}

const HF_FORMS = {
  plain: (value) => String(value ?? ""),
  number: (value, language, digits) => hfNumber(value, language, digits),
  signed: (value, language, digits) => hfSigned(value, language, digits),
  percent: (value, language, digits) => `${hfNumber(100 * value, language, digits)}${HF_NARROW}%`,
  million: (value, language, digits) => hfNumber(value / 1e6, language, digits),
  dkk: (value, language, digits) => {
    const text = hfNumber(value, language, digits);
    return language === "da" ? `${text}${HF_NARROW}kr.` : `DKK${HF_NARROW}${text}`;
  },
  // the first of a year is named by its year; other ticks by their month
  time: (value, language) =>
    new Date(value).getMonth() === 0
      ? hfDay(value, language, { year: "numeric" })
      : hfDay(value, language, { month: "short" }),
  day: (value, language) => hfDay(value, language, { day: "numeric", month: "short", year: "numeric" }),
};

// A form is {as, digits, unit, at, brackets}: how, decimals, what stands after, and of which part of a point.
function hfForm(form, language) {
  const write = HF_FORMS[form.as] ?? HF_FORMS.plain;
  return (given) => {
    let value = given;
    if (given !== null && typeof given === "object") {
      const parts = given.value;
      value = Array.isArray(parts) ? parts[form.at ?? parts.length - 1] : parts;
    }
    if (value === null || value === undefined || value === "") return "";
    const text = write(value, language, form.digits ?? 0);
    const whole = form.unit ? `${text}${HF_NARROW}${form.unit}` : text;
    return form.brackets ? `(${whole})` : whole;
  };
}

function hfRange(low, high, write, language) {
  return `[${write(low)}${language === "da" ? ";" : ","} ${write(high)}]`;
}

// A cell of the table: the first of a row is its name, and years are no amounts.
function hfCell(value, column, digits, language) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  if (!digits.length) return column === 0 ? String(value) : hfNumber(value, language, 2, 0);
  const wanted = digits[column];
  return wanted === null || wanted === undefined ? String(value) : hfNumber(value, language, wanted);
}

function hfCsv(columns, rows, language) {
  const comma = language === "da" ? ";" : ",";
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return language === "da" ? String(value).replace(".", ",") : String(value);
    // a spreadsheet would run a text that begins like a formula
    const text = /^[=+@\t\r-]/.test(value) ? `'${value}` : String(value);
    return /["\n\r;,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  // spreadsheets know by the first letter that letters are UTF-8
  return "\ufeff" + [columns, ...rows].map((row) => row.map(cell).join(comma) + "\r\n").join("");
}
