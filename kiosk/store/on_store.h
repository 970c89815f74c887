// A job on the store's thread that has an answer.
#pragma once

#include "kiosk/store/exporter.h"

namespace sala::kiosk {

// Refuses what the job does, and STORE-BUSY.
template <typename T>
Result<T> ask_store(const OnStore& on_store, const std::function<Result<T>(Store&)>& job) {
    std::optional<Result<T>> answer;
    const bool run = on_store([&](Store& store) { answer.emplace(job(store)); });
    if (run && answer) return *std::move(answer);
    return Error{"STORE-BUSY", "ระบบกำลังบันทึกรายการก่อนหน้า โปรดลองอีกครั้ง",
                 "the kiosk is still recording what came before; try again"};
}

}  // namespace sala::kiosk
