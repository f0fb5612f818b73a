//! Descriptions of any size, made of the constructs that a large API of its kind has.

use std::fmt::Write as _;

/// How many operations one resource has.
const OF_A_RESOURCE: usize = 5;

/// Writes a description with this many operations: for each resource a list, a creation, a fetch, an update and a
/// deletion, with a form, a model, an enum, SIDs and examples.
#[must_use]
pub fn description(operations: usize) -> String {
    write(operations, |_, part| part)
}

/// Writes the next version of [`description`]: every tenth resource has another limit, another value of an enum, and a
/// field of another type.
#[must_use]
pub fn next_description(operations: usize) -> String {
    write(operations, |number, part| {
        if number % 10 != 0 {
            return part;
        }
        part.replace("maximum: 1000", "maximum: 500")
            .replace("in-review", "reviewed")
            .replace(
                "Size:\n                  type: integer",
                "Size:\n                  type: number",
            )
    })
}

/// Writes a description whose parts, each of them of one resource, are edited.
fn write(operations: usize, edit: impl Fn(usize, String) -> String) -> String {
    let resources: Vec<usize> = (0..operations.div_ceil(OF_A_RESOURCE)).collect();
    let mut text = String::from(HEAD);
    text.push_str("paths:\n");
    let mut left = operations;
    for &number in &resources {
        let room = left.min(OF_A_RESOURCE);
        left -= room;
        let mut part = String::new();
        paths(&mut part, number, room);
        text.push_str(&edit(number, part));
    }
    text.push_str("components:\n  securitySchemes:\n    basic:\n      type: http\n      scheme: basic\n  schemas:\n");
    for &number in &resources {
        let mut part = String::new();
        schemas(&mut part, number);
        text.push_str(&edit(number, part));
    }
    text
}

const HEAD: &str = "\
openapi: 3.0.3
info:
  title: Synthetic
  version: 1.0.0
  description: An API that is there to be measured.
servers:
  - url: https://synthetic.example.com
security:
  - basic: []
";

/// Returns the prefix of a resource's SIDs: two capital letters, the same again after 676 resources.
fn prefix(number: usize) -> String {
    let letter = |index: usize| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index % 26]);
    [letter(number / 26), letter(number)].iter().collect()
}

fn paths(text: &mut String, number: usize, operations: usize) {
    let (name, prefix) = (format!("Item{number}"), prefix(number));
    let digits = "0123456789abcdef0123456789abcdef";
    for (index, verb) in ["List", "Create", "Fetch", "Update", "Delete"]
        .into_iter()
        .take(operations)
        .enumerate()
    {
        match index {
            0 => _ = writeln!(text, "  /v1/{name}s:"),
            2 => {
                let _ = write!(
                    text,
                    "  /v1/{name}s/{{Sid}}:
    parameters:
      - name: Sid
        in: path
        required: true
        description: The item that is meant.
        schema: {{ type: string, minLength: 34, maxLength: 34, pattern: '^{prefix}[0-9a-fA-F]{{32}}$' }}
"
                );
            }
            _ => {}
        }
        let method = ["get", "post", "get", "post", "delete"][index];
        let _ = write!(
            text,
            "    {method}:
      operationId: {verb}{name}
      tags: [{name}]
      summary: {verb}s items of the kind {number}.
      description: |-
        What comes back depends on the account and on the kind of item, see [the guide](https://example.com/guide).

        A request that names no kind gets all of them.
"
        );
        match verb {
            "List" => list(text, &name),
            "Create" | "Update" => form(text, &name, &prefix, verb == "Create"),
            _ => {}
        }
        match verb {
            "List" => {
                let _ = write!(
                    text,
                    "      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema:
                type: object
                properties:
                  items:
                    type: array
                    items: {{ $ref: '#/components/schemas/{name}' }}
                  meta:
                    type: object
                    properties:
                      first_page_url: {{ type: string, format: uri }}
                      key: {{ type: string }}
                      next_page_url: {{ type: string, format: uri, nullable: true }}
                      page: {{ type: integer }}
                      page_size: {{ type: integer }}
                      previous_page_url: {{ type: string, format: uri, nullable: true }}
                      url: {{ type: string, format: uri }}
"
                );
            }
            "Delete" => {
                text.push_str("      responses:\n        '204': { description: It is gone. }\n")
            }
            _ => {
                let _ = write!(
                    text,
                    "      responses:
        '200':
          description: The item.
          content:
            application/json:
              schema: {{ $ref: '#/components/schemas/{name}' }}
              examples:
                one:
                  value:
                    sid: {prefix}{digits}
                    account_sid: AC{digits}
                    friendly_name: friendly
                    status: active
                    size: 12
                    date_created: '2024-01-02T03:04:05Z'
                    links: {{ parts: 'https://synthetic.example.com/v1/{name}s/{prefix}{digits}/Parts' }}
"
                );
            }
        }
    }
}

fn list(text: &mut String, name: &str) {
    let _ = write!(
        text,
        "      parameters:
        - name: Status
          in: query
          description: The state of the items to list.
          schema: {{ $ref: '#/components/schemas/{name}_enum_status' }}
        - name: PageSize
          in: query
          description: How many items a page has.
          schema: {{ type: integer, minimum: 1, maximum: 1000 }}
"
    );
}

fn form(text: &mut String, name: &str, prefix: &str, create: bool) {
    let required = if create {
        "\n              required: [FriendlyName]"
    } else {
        ""
    };
    let _ = write!(
        text,
        "      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object{required}
              properties:
                FriendlyName:
                  type: string
                  description: The name that people see, of at most 256 characters.
                Status: {{ $ref: '#/components/schemas/{name}_enum_status' }}
                ParentSid:
                  type: string
                  minLength: 34
                  maxLength: 34
                  pattern: ^{prefix}[0-9a-fA-F]{{32}}$
                  description: The item that this one is a part of.
                Size:
                  type: integer
                  description: How large it is.
                Enabled:
                  type: boolean
                  description: Whether it takes part.
                Attributes:
                  description: Anything else that is to be kept.
            examples:
              one:
                value: {{ FriendlyName: friendly, Size: 12, Enabled: true }}
"
    );
}

fn schemas(text: &mut String, number: usize) {
    let (name, prefix) = (format!("Item{number}"), prefix(number));
    let _ = write!(
        text,
        "    {name}_enum_status:
      type: string
      enum: [draft, active, in-review, closed]
    {name}:
      type: object
      properties:
        sid:
          type: string
          minLength: 34
          maxLength: 34
          pattern: ^{prefix}[0-9a-fA-F]{{32}}$
          nullable: true
          description: Identifies the item.
        account_sid:
          type: string
          minLength: 34
          maxLength: 34
          pattern: ^AC[0-9a-fA-F]{{32}}$
          nullable: true
          description: The account that the item belongs to, see [accounts](https://example.com/accounts).
        friendly_name: {{ type: string, nullable: true, description: The name that people see. }}
        status: {{ $ref: '#/components/schemas/{name}_enum_status' }}
        size: {{ type: integer, nullable: true, description: How large it is. }}
        attributes: {{ nullable: true, description: Anything else. }}
        date_created: {{ type: string, format: date-time, nullable: true, description: When it was made. }}
        date_updated: {{ type: string, format: date-time, nullable: true, description: When it last changed. }}
        url: {{ type: string, format: uri, nullable: true, description: Where it is found. }}
        links: {{ type: object, format: uri-map, nullable: true, description: The addresses of its parts. }}
"
    );
}
