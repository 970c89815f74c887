// Owners for what C libraries hand out.
#pragma once

#include <memory>

namespace sala {

// Frees a C object with the C function that its library names for it.
template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};

// Sole owner of a C object: `using QrHandle = Handle<QRcode, QRcode_free>;`. No larger than the pointer.
template <typename T, auto Free>
using Handle = std::unique_ptr<T, FreeWith<Free>>;

}  // namespace sala
