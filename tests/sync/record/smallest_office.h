// An office.toml with nothing in it that may be left out; what a test looks at is written behind it.
#pragma once

#include <string>

namespace sala::record {

inline const std::string kSmallestOffice = R"([office]
id = "banmai"
domain = "banmai.example"
name = "บ้านใหม่"
initials = "อบต"
province = "ตัวอย่าง"
[[division]]
id = "clerk"
prefix = "A"
name = "สำนักปลัด"
[[division.service]]
id = "water"
name = "น้ำ"
steps = ["ยื่นคำร้อง"]
duration = "10 นาที"
channel = "ช่อง 1"
)";

}  // namespace sala::record
