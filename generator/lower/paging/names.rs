//! The names that APIs use to page: of parameters and of the members of pages, in lower case and without separators.

/// Returns a name in lower case, without separators: `nextpagetoken` for `next_page_token`, `pagenumber` for
/// `page[number]`, and `page` for `pagination[page]` and `paginate_page`.
pub(super) fn normal(name: &str) -> String {
    let prefixes = ["pagination", "paging", "paginate"];
    let inner = prefixes.iter().find_map(|prefix| {
        let rest = name.strip_prefix(prefix)?;
        rest.strip_prefix(['[', '.'])
    });
    let inner = inner.or_else(|| name.strip_prefix("paginate_"));
    let inner = inner.map(letters).or_else(|| of_an_object(name));
    inner.unwrap_or_else(|| letters(name))
}

/// Returns the name of a member that only pages have, of any object: `currentpage` for `searchCriteria[currentPage]`. A filter
/// in brackets may be one of anything.
fn of_an_object(name: &str) -> Option<String> {
    let (object, member) = name.split_once(['[', '.'])?;
    let is_filter = name.starts_with("filter[");
    let member = letters(member);
    let is_known = MEMBERS.contains(&member.as_str()) && object != "page" && !is_filter;
    is_known.then_some(member)
}

fn letters(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a value of this name is one for the next page, whatever its type.
pub(super) fn is_called_token(key: &str) -> bool {
    key.ends_with("cursor") || key.ends_with("token")
}

/// Returns whether a member of a body has parameters for pages in it.
pub(super) fn is_object_of_params(key: &str) -> bool {
    key.starts_with("pag") || key == "options"
}

/// Parameters that lead to a page as members of an object of any name.
const MEMBERS: &[&str] = &[
    "currentpage",
    "limit",
    "offset",
    "page",
    "pageindex",
    "pagenumber",
    "pagesize",
    "pagetoken",
    "perpage",
    "skip",
    "take",
];

/// Parameters for a value that the page before has, the most specific first.
pub(super) const TOKEN_PARAMS: &[&str] = &[
    "cursor",
    "pagecursor",
    "nextcursor",
    "startcursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "paginationtoken",
    "continuationtoken",
    "resumptiontoken",
    "skiptoken",
    "continuation",
    "continue",
    "continuefrom",
    "pageafter",
    "after",
    "startingafter",
    "startafter",
    "aftercursor",
    "aftertoken",
    "marker",
    "nextmarker",
    "pagemarker",
    "startingtoken",
    "starttoken",
    "startkey",
    "exclusivestartkey",
    "bookmark",
    "iterator",
    "scrollid",
    "nextkey",
    "pagekey",
    "lastkey",
    "afterid",
    "sinceid",
    "lastid",
    "token",
    "position",
    "nextpage",
    "next",
    "pageid",
];

/// Parameters for the value of the last record.
pub(super) const LAST_ITEM_PARAMS: &[&str] = &[
    "startingafter",
    "startafter",
    "after",
    "afterid",
    "pageafter",
    "cursor",
    "lastid",
    "sinceid",
];

/// Parameters for the page before, or for what is older.
pub(super) const OTHER_WAY_PARAMS: &[&str] = &[
    "before",
    "beforeid",
    "endingbefore",
    "pagebefore",
    "maxid",
    "untilid",
];

/// Members with a value for the parameter of the next page, the most specific first.
pub(super) const TOKENS: &[&str] = &[
    "nextpagetoken",
    "nextpagecursor",
    "nextpagemarker",
    "nextcontinuationtoken",
    "nextcursor",
    "nexttoken",
    "nextmarker",
    "nextkey",
    "nextpagekey",
    "nextstartkey",
    "nextiterator",
    "nextpagestart",
    "nextpageoffset",
    "nextoffset",
    "nextstart",
    "nextpagenumber",
    "nextpageid",
    "nextid",
    "nextpage",
    "endcursor",
    "cursorafter",
    "aftercursor",
    "continuationtoken",
    "paginationtoken",
    "resumptiontoken",
    "scrollid",
    "bookmark",
    "continue",
    "continuation",
    "iterator",
    "lastevaluatedkey",
    "lastid",
    "lastkey",
    "after",
    "next",
    "startingafter",
    "cursor",
    "pagetoken",
    "pagekey",
    "marker",
];

/// Members with the URL of the next page.
pub(super) const URLS: &[&str] = &[
    "nextpageuri",
    "nextpageurl",
    "nextpagelink",
    "nextpagehref",
    "nexturl",
    "nexturi",
    "nextlink",
    "nexthref",
    "odatanextlink",
    "nextrecordsurl",
    "nextresultsurl",
];

/// Parameters for the number of a page.
pub(super) const NUMBER_PARAMS: &[&str] = &[
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "startpage",
    "skippages",
    "pg",
    "p",
];

/// Parameters for the number of records before a page.
pub(super) const OFFSET_PARAMS: &[&str] = &[
    "offset",
    "pageoffset",
    "skip",
    "skipcount",
    "recordindex",
    "limitstart",
    "startindex",
    "startat",
    "startposition",
    "startfrom",
    "startrow",
    "startrecord",
    "firstrow",
    "firstresult",
    "fromindex",
    "sysparmoffset",
    "start",
    "from",
];

/// Parameters for the size of a page.
pub(super) const SIZE_PARAMS: &[&str] = &[
    "limit",
    "pagesize",
    "perpage",
    "pagelimit",
    "maxpagesize",
    "itemsperpage",
    "resultsperpage",
    "hitsperpage",
    "recordsperpage",
    "rowsperpage",
    "rpp",
    "sysparmlimit",
    "maxresults",
    "maxitems",
    "maxkeys",
    "maxresultcount",
    "numresults",
    "rowcount",
    "batchsize",
    "size",
    "count",
    "take",
    "top",
    "rows",
    "max",
    "n",
];

/// Response headers with a value for the parameter of the next page, without `x` and the name of the vendor.
pub(super) const TOKEN_HEADERS: &[&str] = &[
    "nextpagetoken",
    "nextcursor",
    "nexttoken",
    "nextmarker",
    "nextpage",
    "nextoffset",
    "continuationtoken",
    "continuation",
    "paginationtoken",
    "cursor",
    "pagetoken",
];

/// Members that say whether there are more pages.
pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmorepages",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorerecords",
    "moreresults",
    "moreitemsavailable",
    "moreitemsincollection",
    "morerecords",
    "moreavailable",
    "more",
    "istruncated",
    "truncated",
];

/// Members that say whether this is the last page.
pub(super) const DONE: &[&str] = &[
    "done",
    "islast",
    "islastpage",
    "last",
    "lastpage",
    "isfinal",
    "finished",
    "complete",
    "iscomplete",
    "endofrecords",
];

/// Members with the number of all records.
pub(super) const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalentries",
    "totalrecords",
    "totalelements",
    "totalhits",
    "totalnumber",
    "totalrows",
];

/// Members with the number of all pages.
pub(super) const PAGES: &[&str] = &[
    "totalpages",
    "pagestotal",
    "pagecount",
    "numpages",
    "numberofpages",
    "lastpage",
    "maxpage",
    "pages",
];

/// Members with the records, where a page has several lists.
pub(super) const RECORDS: &[&str] = &[
    "data",
    "items",
    "results",
    "result",
    "records",
    "entries",
    "values",
    "value",
    "elements",
    "objects",
    "list",
    "content",
    "rows",
    "hits",
    "nodes",
    "resources",
    "collection",
];

/// Lists that are never records, except where the path has their name.
pub(super) const NO_RECORDS: &[&str] = &[
    "link", "links", "error", "errors", "warnings", "included", "sort",
];

/// Lists of a page that are not its records, where it has others.
pub(super) const OTHER_LISTS: &[&str] = &[
    "link",
    "links",
    "error",
    "errors",
    "warnings",
    "schemas",
    "sort",
    "facets",
    "filters",
    "included",
    "messages",
    "aggregations",
    "columns",
    "headers",
    "meta",
    "metadata",
];

/// Returns whether a member has more of the page in it: records, or where the next page is.
pub(super) fn is_container(key: &str) -> bool {
    CONTAINERS.contains(&key)
        || key.starts_with("page")
        || CONTAINER_ENDS.iter().any(|end| key.ends_with(end))
}

const CONTAINERS: &[&str] = &[
    "cursor",
    "next",
    "nextpage",
    "additionaldata",
    "data",
    "result",
    "results",
    "response",
    "payload",
    "body",
    "content",
    "embedded",
    "list",
];

/// What the names of further ones end with: `list_metadata`, `result_info`.
const CONTAINER_ENDS: &[&str] = &[
    "meta",
    "metadata",
    "info",
    "pagination",
    "paging",
    "links",
    "cursors",
];
